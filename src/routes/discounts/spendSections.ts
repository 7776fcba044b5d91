import { spendBy, standardSort } from '$lib/questions/spend.ts';
import { splitOf, splits } from '$lib/questions/splits.ts';
import { ledToPeople } from '$lib/records/teamLinks.ts';
import { basisOf } from '$lib/statements/basis.ts';
import { kindsInWords, spendInWords } from '$lib/statements/discountSections.ts';
import { explained, linkTo, splitDoors, type Asked } from './asked.ts';

/** Where discounts are spent, by a dimension of the reader's choice. */
export async function spendSection(asked: Asked) {
  const { warehouse, asking, scope, currency, search } = asked;
  const split = splitOf(search, 'by', asking);
  const withMargin = search.get('show') === 'margin';
  const [spend, totals] = await Promise.all([
    spendBy(warehouse, asking, split, scope, 'sort', withMargin),
    asked.totals,
  ]);
  return {
    ...spend,
    rows: ledToPeople(spend.rows, split.id, search),
    answered: null,
    answer: spendInWords(spend, totals, currency),
    basis: basisOf(spend.answered),
    standardSort,
    doors: splitDoors(asked, 'by', split.id),
    margin: withMargin
      ? { label: 'without margin', href: linkTo(asked, 'show', null) }
      : { label: 'with margin', href: linkTo(asked, 'show', 'margin') },
    explain: explained(
      asked,
      'discount',
      ['discount', 'list_amount', 'discount_rate', 'deals', ...(withMargin ? ['gross_margin'] : [])],
      spend.answered,
    ),
  };
}

/** How much of it people decide, and how much follows a programme. */
export async function kindsSection(asked: Asked) {
  const { warehouse, asking, scope, currency } = asked;
  const byKind = splits.find(({ id }) => id === 'discount_kind')!;
  const kinds = await spendBy(warehouse, asking, byKind, scope, 'kinds');
  return {
    ...kinds,
    answered: null,
    answer: kindsInWords(kinds, currency),
    basis: basisOf(kinds.answered),
    explain: explained(asked, 'discount', ['discount'], kinds.answered),
  };
}
