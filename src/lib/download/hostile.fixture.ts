import type { Answer } from './answer.ts';

/** Text as it comes in CRM exports when somebody means harm, or when nobody meant anything. */
export const hostileTexts = [
  '<script>alert(1)</script>',
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("http://example.com","Open")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '  =1+1',
  '\u00a0=1+1',
  '\ufeff=1+1',
  '\u200e=1+1',
  '\u202e=1+1',
  '＝1+1',
  '－1',
  '＠a',
  'say "hello", world',
  'two\r\nlines',
  'semi;colon',
  "'quoted",
  '\u202eevil\u202c',
  'Müller & Söhne',
  '日本語',
  '🙂',
  ' padded ',
  '_x0041_',
  '007',
  '1e5',
  'null',
  '',
  ']]>',
  '&amp;',
];

/** One row a hostile text, with a date, money in cents and a rate beside it. */
export function hostileAnswer(): Answer {
  return {
    columns: [
      { id: 'account_name', label: 'Customer', kind: 'dimension', format: 'text' },
      { id: 'closed_on', label: 'Closed', kind: 'dimension', format: 'date' },
      { id: 'discount', label: 'Discount spend', kind: 'measure', format: 'money', unit: 'USD' },
      { id: 'discount_rate', label: 'Discount rate', kind: 'measure', format: 'rate' },
      { id: 'deals', label: 'Deals', kind: 'measure', format: 'count' },
      { id: 'priced', label: 'Priced', kind: 'dimension', format: 'boolean' },
    ],
    rows: hostileTexts.map((account_name, i) => ({
      account_name,
      closed_on: i === 3 ? null : `2026-02-${String((i % 28) + 1).padStart(2, '0')}`,
      discount: i === 4 ? null : ((i * 104729) % 1_000_003) / 100 - 2_000,
      discount_rate: i / 97,
      deals: i,
      priced: i % 2 === 0,
    })),
    build_id: '20261101T120000-3fa9c1',
    n: 412,
    coverage: 0.934,
  };
}
