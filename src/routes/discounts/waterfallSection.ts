import { alone, downloadDoors } from '$lib/asking/asking.ts';
import { drawing, drawnAhead } from '$lib/charts/render.ts';
import { waterfall } from '$lib/questions/waterfall.ts';
import { basisOf } from '$lib/statements/basis.ts';
import { waterfallInWords, waterfallNote } from '$lib/statements/discountSections.ts';
import { explained, type Asked } from './asked.ts';

/** From list to what is left of it. */
export async function waterfallSection(asked: Asked) {
  const { warehouse, asking, scope, currency } = asked;
  const steps = await waterfall(warehouse, asking, scope);
  return {
    answer: waterfallInWords(steps, currency),
    note: waterfallNote(steps),
    basis: basisOf(steps.answered),
    drawing: drawnAhead(drawing('waterfall', steps.bars, currency)),
    explain: explained(
      asked,
      'discount',
      ['discount', 'list_amount', 'net_amount', 'uplift', 'unpriced_net'],
      steps.answered,
    ),
    downloads: downloadDoors(alone(asking), {
      measures: ['list_amount', 'discount', 'uplift', 'unpriced_net', 'net_amount', 'cost_amount'],
    }),
  };
}
