import { count, moneyInWords, rate } from '../design/formats.ts';
import type { Column, Row } from '../design/table.ts';
import type { Step } from '../questions/leakage/chain.ts';

const labels: Record<Step['id'], string> = {
  quoted: 'Quoted',
  booked: 'Booked',
  billed: 'Billed, before tax',
  price_credits: 'Price credits',
  other_credits: 'Other credits',
  cash: 'Cash',
  open: 'Not paid yet',
  beyond: 'Credited or paid beyond the bill',
};

/** What a step's amount may be set against. */
const against: Record<Step['id'], string> = {
  quoted: 'of what was booked on the same deals',
  booked: '',
  billed: '',
  price_credits: 'of these bills',
  other_credits: 'of these bills',
  cash: 'of these bills',
  open: 'of these bills',
  beyond: 'of these bills',
};

const about: Record<Step['id'], string> = {
  quoted: 'the offer of each won deal',
  booked: 'won deals, whole terms',
  billed: 'bills issued',
  price_credits: 'credits for price on these bills, whenever given',
  other_credits: 'cancellations, errors, bad debt and without a reason',
  cash: 'payments for these bills, tax left out, whenever they came',
  open: 'these bills less credits and cash, where anything is left',
  beyond: 'credits on bills that are paid, and overpayments',
};

const nouns: Record<Step['id'], string> = {
  quoted: 'deal',
  booked: 'deal',
  billed: 'bill',
  price_credits: 'bill',
  other_credits: 'bill',
  cash: 'paid bill',
  open: 'bill',
  beyond: 'bill',
};

export const chainColumns: Column[] = [
  { id: 'step', label: 'Step', sortable: false },
  { id: 'about', label: 'Of what', sortable: false },
  { id: 'amount', label: 'Amount', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'share', label: 'Share', sortable: false },
  { id: 'n', label: 'Counted', sortable: false },
];

/** A row a step; a step that is not known says why, and is no zero. */
export const chainRows = (steps: readonly Step[]): Row[] =>
  steps.map(({ id, amount, why, n, of, coverage }) => ({
    key: id,
    cells: {
      step: labels[id],
      about: about[id],
      amount,
      share: amount === null || of === null || of <= 0 ? null : `${rate(amount / of)} ${against[id]}`,
      n: amount === null ? null : count(n, nouns[id]),
    },
    notes: {
      ...(why === null ? {} : { amount: why }),
      ...(coverage === null
        ? {}
        : { n: `${rate(coverage, 0)} of ${id === 'quoted' ? 'booked net' : 'bills'}` }),
    },
    faint: amount === null,
  }));

/** The way from offer to cash in one or two sentences; steps that are not known are named. */
export function chainInWords(steps: readonly Step[], currency: string): string {
  const of = (id: Step['id']) => steps.find((step) => step.id === id)!;
  const say = (amount: number) => moneyInWords(amount, currency);
  const [quoted, billed, credits, cash, open] = (
    ['quoted', 'billed', 'price_credits', 'cash', 'open'] as const
  ).map(of) as [Step, Step, Step, Step, Step];
  const sentences = [
    ...(quoted.amount !== null && quoted.of !== null && quoted.of > 0
      ? [`${say(quoted.amount)} was offered where ${say(quoted.of)} was booked.`]
      : []),
    ...(billed.amount === null
      ? []
      : [
          `${say(billed.amount)} was billed` +
            (credits.amount === null || credits.amount < 0.5
              ? ''
              : `, ${say(credits.amount)} of it credited again for price`) +
            (cash.amount === null || open.amount === null
              ? '.'
              : `; ${say(cash.amount)} has come in and ${say(open.amount)} has not.`),
        ]),
  ];
  const absent = steps.filter(({ why }) => why === 'not loaded').map(({ id }) => absentWords[id]);
  const missing = [...new Set(absent.filter((word) => word !== undefined))];
  return [
    ...sentences,
    ...(missing.length > 0 ? [`Not loaded, and so not said: ${missing.join(', ')}.`] : []),
  ].join(' ');
}

const absentWords: Partial<Record<Step['id'], string>> = {
  quoted: 'offers',
  booked: 'deals',
  billed: 'bills',
  price_credits: 'credit notes',
  other_credits: 'credit notes',
  cash: 'payments',
};

/** What the table compares, and what it does not. */
export function chainNote(withTax: number): string {
  return [
    'Booked amounts are for whole terms and bills for what is due so far: they are not set against each other here, but line by line below.',
    withTax > 0
      ? `${count(withTax, 'paid bill does', 'paid bills do')} not tell ${withTax === 1 ? 'its' : 'their'} tax: payments count there as they are.`
      : '',
  ]
    .filter(Boolean)
    .join(' ');
}
