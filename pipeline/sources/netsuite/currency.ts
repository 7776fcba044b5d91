const inEnglish = new Intl.DisplayNames('en', { type: 'currency' });
const codes =
  'AED ARS AUD BRL CAD CHF CLP CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR JPY KES KRW KWD MAD MXN MYR NGN NOK NZD PEN PHP PKR PLN QAR RON RSD SAR SEK SGD THB TRY TWD UAH USD UYU VND ZAR'.split(
    ' ',
  );

/** NetSuite's own dollar is called USA until somebody gives it another name. */
const others: Record<string, string[]> = {
  USD: ['USA', 'United States Dollar', 'American Dollar'],
  GBP: ['Pound Sterling', 'British Pound Sterling', 'UK Pound', 'GB Pound', 'Great Britain Pound'],
  AED: ['UAE Dirham'],
  CNY: ['Chinese Yuan Renminbi', 'Chinese Renminbi', 'Renminbi'],
  ILS: ['Israeli Shekel', 'New Israeli Shekel'],
  KRW: ['Korean Won'],
  TWD: ['Taiwan Dollar', 'Taiwanese Dollar', 'New Taiwanese Dollar'],
};

const letters = (name: string) => name.toLowerCase().replace(/[^a-z]/g, '');
const named = codes.flatMap((code) =>
  [inEnglish.of(code)!, ...(others[code] ?? [])].map((name) => ({ name: letters(name), code })),
);
const list = (texts: string[]) => `[${texts.map((text) => `'${text}'`).join(', ')}]`;
const codeOf = `map(${list(named.map(({ name }) => name))}, ${list(named.map(({ code }) => code))})`;

/**
 * A currency's code: searches of NetSuite show its name ("US Dollar", "British pound"), which is what a company calls
 * it. A name that is none of the usual ones stays as it is. SQL over a cell's text.
 */
export const currencyCode = (text: string): string => `case when length(${text}) > 3 or lower(${text}) = 'usa'
  then coalesce(${codeOf}[regexp_replace(lower(${text}), '[^a-z]', '', 'g')], ${text}) else ${text} end`;
