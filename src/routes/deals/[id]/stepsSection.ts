import { drawing } from '$lib/charts/render.ts';
import { count, money } from '$lib/design/formats.ts';
import type { Scope } from '$lib/metrics/request.ts';
import { basisOf } from '$lib/questions/waterfall/basis.ts';
import { priceSteps } from '$lib/records/deal/priceSteps.ts';
import { stepsInWords } from '$lib/records/deal/words.ts';
import { explanationOfParts } from '$lib/records/explanation.ts';
import { waterfallInWords, waterfallNote } from '$lib/statements/waterfall.ts';
import type { Warehouse } from '$lib/warehouse/warehouse.ts';

const openings = {
  booked: 'As booked, for the whole term.',
  billed: 'As billed so far, tax left out; drafts and voided bills are none.',
};

/** From list to pocket margin of one deal, on the basis that the address asks for. */
export async function stepsSection(warehouse: Warehouse, id: string, scope: Scope, url: URL) {
  const { currency } = warehouse.build;
  const basis = basisOf(url.searchParams);
  const steps = await priceSteps(warehouse, id, scope, basis);
  const { pocket, invoice, list, counted } = steps.waterfall;
  const back = invoice - pocket;
  return {
    sums: steps.sums,
    answer:
      basis === 'billed'
        ? waterfallInWords(steps.waterfall, currency)
        : stepsInWords(steps.sums, currency) +
          (back > 0 ? ` After the bill ${money(back, currency)} more went.` : ''),
    note: waterfallNote(steps.waterfall, openings[basis]),
    basis: basis === 'billed' ? count(counted.n, counted.one) : null,
    drawing: list > 0 ? drawing('waterfall', steps.bars, currency) : null,
    explain: explanationOfParts(
      warehouse,
      steps.requests,
      scope,
      basis === 'billed' ? { ...counted, coverage: null } : { n: 1, coverage: null },
    ),
  };
}

/** What the steps can be told of, where there are bills. */
export const basesOf = (url: URL, isBilled: boolean) => {
  const basis = basisOf(url.searchParams);
  return isBilled
    ? [
        { label: 'bookings', href: url.pathname, current: basis === 'booked' },
        { label: 'bills', href: '?basis=billed', current: basis === 'billed' },
      ]
    : [];
};
