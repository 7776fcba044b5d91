import { count, decimal, money, moneyInWords, rate } from '../design/formats.ts';
import type { Column, Row } from '../design/table.ts';
import type { Unrated } from '../questions/exchangeRates.ts';
import type { Waterfall, WaterfallBar } from '../questions/waterfall.ts';

const sentence = (parts: string[]) => {
  const text = parts.join('; ');
  return text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}.`;
};

/** What is left of a dollar of list. */
export function waterfallInWords(steps: Waterfall, currency: string): string {
  const { basis, bars, list, discount, invoice, pocket, margin, absent } = steps;
  const say = (amount: number) => moneyInWords(amount, currency);
  if (!(list > 0))
    return `${say(invoice)} was ${basis === 'billed' ? 'billed' : 'agreed'}; how much was given away is not known without list prices.`;
  const off = invoice - pocket;
  const beyond = off > 0 ? ` and ${say(off)} that never shows on it` : '';
  const isWhole = absent.length === 0 && bars.every(({ coverage }) => coverage === null);
  const kept =
    margin === null
      ? ''
      : ` Unit cost leaves ${isWhole ? '' : 'at most '}${say(margin)} of margin, ${rate(margin / list, 0)} of list.`;
  return `Of ${say(list)} of list, ${say(discount)} went as discount on the invoice${beyond}.${kept}`;
}

/** "21 lines in GBP (£84,200) and 3 in JPY (¥1,200,000) have no exchange rate on their day and are in no figure here." */
export function unratedInWords(unrated: Unrated[]): string {
  if (unrated.length === 0) return '';
  const parts = unrated.map(
    ({ currency, lines, net }) => `${count(lines, 'line')} in ${currency} (${money(net, currency)} net)`,
  );
  const one = unrated.length === 1 && unrated[0]!.lines === 1;
  const all = parts.length === 1 ? parts[0]! : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
  return `${all} ${one ? 'has' : 'have'} no exchange rate on ${one ? 'its' : 'their'} day and ${one ? 'is' : 'are'} in no figure here.`;
}

const bases = {
  booked: 'Won deals as booked, for their whole term; what is given back is that of the period.',
  billed: 'Bills of the period, tax left out; drafts and voided bills are none.',
};

/** What the picture can't show, said: absent bars are absent, not zero. */
export function waterfallNote(
  { basis, absent, partial, unrated, costOfCapital }: Waterfall,
  opening = bases[basis],
): string {
  return [
    opening,
    unratedInWords(unrated),
    sentence(partial),
    costOfCapital === null
      ? ''
      : `Money that is paid late costs ${decimal(costOfCapital, 1)}% a year (cost_of_capital).`,
    absent.length > 0 ? `Not drawn: ${absent.join('; ')}.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** "169 deals · list price known for 98% of net" */
export function waterfallBasis({ counted, listCoverage }: Waterfall): string {
  const what = count(counted.n, counted.one);
  return listCoverage === null ? what : `${what} · list price known for ${rate(listCoverage, 0)} of net`;
}

const columns: Column[] = [
  { id: 'name', label: 'Step', sortable: false },
  { id: 'amount', label: 'Amount', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'share', label: 'Of list', unit: 'rate', sortable: false, phone: 'hide' },
  { id: 'coverage', label: 'Known for', unit: 'rate', sortable: false, phone: 'line' },
];

/** Bars of priced lines alone, which are as much of net as the list price is known for. */
const ofList = new Set([
  ...['list_amount', 'discount', 'discretionary', 'programme', 'other_discount', 'by_code', 'uplift'],
]);
/** Sums of other bars, of which the parts say how much is known. */
const ofSums = new Set(['pocket', 'margin', 'currency', 'other_rates']);

/** Each bar as a row: its amount, its share of list, how much of it is known, and where its rows are. */
export function waterfallTable(
  { bars, list, listCoverage }: Waterfall,
  rowsOf: (bar: WaterfallBar) => string | null,
): { columns: Column[]; rows: Row[] } {
  return {
    columns,
    rows: bars.map((bar): Row => {
      const href = rowsOf(bar);
      return {
        key: bar.id,
        ...(href === null ? {} : { href }),
        cells: {
          name: bar.label,
          amount: bar.amount,
          share: list > 0 && bar.amount !== null ? bar.amount / list : null,
          coverage: bar.coverage ?? (ofList.has(bar.id) ? listCoverage : ofSums.has(bar.id) ? null : 1),
        },
      };
    }),
  };
}
