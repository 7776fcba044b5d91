/** Causes of a difference between what was sold and what was billed, in the order in which they are told. */
export const causes = [
  'not_billed',
  'late_start',
  'price',
  'quantity',
  'missed_uplift',
  'discount_past_end',
  'unauthorised_credit',
  'unmatched_sold',
  'unmatched_billed',
  'currency',
] as const;
export type Cause = (typeof causes)[number];

/** What is no difference: billed as sold, not due by the newest export, and credited with leave or for no price. */
export const settled = ['matched', 'timing', 'credit'] as const;

/** Causes that say no more than that the other side was not found: no money is known to be lost by them. */
export const isUnmatched = (cause: string): boolean => cause.startsWith('unmatched');

export const isCause = (text: string): text is Cause => (causes as readonly string[]).includes(text);

interface Words {
  label: string;
  /** What it means, in a sentence. */
  means: string;
  /** What billing does about it. */
  toDo: string;
}

const words: Record<Cause | (typeof settled)[number], Words> = {
  matched: { label: 'Billed as sold', means: 'Sold and billed agree within the tolerance.', toDo: '' },
  timing: {
    label: 'Not due yet',
    means: 'Sold, and to be billed after the newest export.',
    toDo: '',
  },
  credit: { label: 'Credited', means: 'Credited with leave, or not for its price.', toDo: '' },
  not_billed: {
    label: 'Not billed',
    means: 'Service was sold and its time has come, and no bill charges for it.',
    toDo: 'Bill it, or record why it is not to be billed.',
  },
  late_start: {
    label: 'Billed from too late',
    means: 'Billing began after the service did.',
    toDo: 'Bill the time between start of service and first bill.',
  },
  price: {
    label: 'Another price',
    means: 'The price billed is not the price agreed.',
    toDo: 'Set the price in billing to the one agreed, and bill the difference.',
  },
  quantity: {
    label: 'Another quantity',
    means: 'The quantity billed is not the quantity sold.',
    toDo: 'Set the quantity in billing to the one sold, and bill the difference.',
  },
  missed_uplift: {
    label: 'Uplift missed',
    means: 'An agreed price rise was due and not billed.',
    toDo: 'Raise the price in billing as agreed, and bill the difference.',
  },
  discount_past_end: {
    label: 'Discount past its end',
    means: 'A discount was still billed after the day on which it should have ended.',
    toDo: 'End the discount in billing, and bill what it took since.',
  },
  unauthorised_credit: {
    label: 'Credit nobody approved',
    means: 'A credit for price names nobody who allowed it.',
    toDo: 'Ask who allowed the credit; charge it again where nobody did.',
  },
  unmatched_sold: {
    label: 'Sold, no bill found',
    means: 'No bill could be found for what was sold, by id or by likeness.',
    toDo: 'Find the bill under another customer or product, or bill it.',
  },
  unmatched_billed: {
    label: 'Billed, no sale found',
    means: 'No sale could be found for what was billed, by id or by likeness.',
    toDo: 'Find the deal that it belongs to, or credit it.',
  },
  currency: {
    label: 'Another currency',
    means: 'Sold in one currency and billed in another, for another worth.',
    toDo: 'Agree with the customer which currency holds.',
  },
};

/** What is counted of a cause: lines that were sold, credits, or lines of bills. */
export const nounOf = (cause: Cause): string =>
  cause === 'unauthorised_credit' ? 'credit' : cause === 'unmatched_billed' ? 'bill line' : 'line';

/** Words of a cause; one that is not known here is told by its own name. */
export const wordsOf = (cause: string): Words =>
  (words as Record<string, Words>)[cause] ?? { label: cause.replaceAll('_', ' '), means: '', toDo: '' };

const ways: Record<string, string> = {
  subscription: 'by the contract’s id',
  deal_line: 'by the line’s id',
  invoice_deal: 'by the deal’s id and product',
  likeness: 'by customer, product, term and amount',
  none: 'nothing to match',
};

/** How the two sides were found to belong together. */
export const matchedByInWords = (way: string | null): string | null =>
  way === null ? null : (ways[way] ?? way.replaceAll('_', ' '));
