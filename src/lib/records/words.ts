/** The source's and the model's codes as a CFO would say them; what is not known here is said as it stands. */
const words: Record<string, string> = {
  cross_sell: 'cross-sell',
  customer_confirmed: 'confirmed by the customer',
  rep_estimated: 'estimated by the rep',
  price_concession: 'price concession',
  bad_debt: 'bad debt',
  csm: 'customer success manager',
};

/** `account_manager` as `account manager`; null stays null. */
export function inWords(code: string | null): string | null {
  return code === null ? null : (words[code] ?? code.replaceAll('_', ' '));
}

const listSources: Record<string, string> = {
  line: 'the line’s own, seen by the close',
  'dated price book': 'price book as of the close',
  'line, seen after the close': 'the line’s own, first seen after the close: it may have been raised since',
  'undated price book': 'price book without dates: list as it is today',
};

/** Where a line's list price came from, in words. */
export function listSourceInWords(source: string | null): string {
  return source === null ? 'not known: left out of discount' : (listSources[source] ?? source);
}
