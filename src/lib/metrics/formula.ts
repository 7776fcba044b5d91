const counted = / ?\{(won|closed|open|all)(?: and ([^}]+))?\}/g;
const column = /\{(discount|list|net|uplift|cost|given|price_credit|other_credit|cash_amount)\}/g;

/**
 * A measure's template as a reader takes it in: "sum(net) over won deals", "count(*) where is_over". Only the
 * template's own marks are put into words; names and literals of its SQL stay as they are.
 */
export function formulaOf(template: string): string {
  return template
    .replace(counted, (_, population: string, also?: string) =>
      [population === 'all' ? '' : ` over ${population} deals`, also ? ` where ${also}` : ''].join(''),
    )
    .replace(column, '$1')
    .replace(/\s+/g, ' ');
}
