import { downloadDoors } from '$lib/asking/asking.ts';
import { periodWords } from '$lib/asking/periodWords.ts';
import { drawing, drawnAhead, halfWide } from '$lib/charts/render.ts';
import { bridgeBars, change } from '$lib/questions/change.ts';
import { splitOf } from '$lib/questions/splits.ts';
import { basisOf } from '$lib/statements/basis.ts';
import { bridgeGroups, bridgeInWords } from '$lib/statements/discountSections.ts';
import { explained, splitDoors, type Asked } from './asked.ts';

/** What moved spend and its rate since the period compared with; null where nothing can be compared. */
export async function changeSection(asked: Asked) {
  const { warehouse, asking, scope, currency } = asked;
  const split = splitOf(asked.search, 'bridge', asking);
  const moved = await change(warehouse, asking, split, scope);
  if (!moved) return null;
  const periods = periodWords(asking);
  return {
    answer: bridgeInWords(moved, currency),
    basis: basisOf(moved.answered),
    dollars: drawnAhead(
      halfWide(drawing('dollarBridge', bridgeBars(moved.dollars, periods, split), currency)),
    ),
    rates: drawnAhead(halfWide(drawing('rateBridge', bridgeBars(moved.rates, periods, split)))),
    groups: bridgeGroups(moved),
    split,
    doors: splitDoors(asked, 'bridge', split.id),
    explain: explained(asked, 'discount_rate', ['discount', 'list_amount'], moved.answered),
    downloads: downloadDoors(asking, { measures: ['discount', 'list_amount'], by: [split.id] }),
  };
}
