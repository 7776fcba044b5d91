import { quotedString, type DuckDBConnection } from '@duckdb/node-api';
import { Question } from '../problem.ts';
import type { CanonicalTable } from '../schema/canonical.ts';
import { plainStyle, type StyleSettings } from './columnStyle.ts';
import { cells as differentCells } from './evidence.ts';
import type { Cell, RowCheck } from './stagingSql.ts';

/** What currency signs may mean. Source: Unicode CLDR, currency symbols and their narrow forms. */
const meanings: Record<string, string> = {
  $: 'USD AUD CAD NZD SGD HKD MXN TWD ARS CLP COP BBD BMD BND BSD BZD FJD GYD JMD KYD LRD NAD SBD SRD TTD XCD',
  '£': 'GBP EGP FKP GIP LBP SDG SHP SSP SYP',
  '¥': 'JPY CNY',
  '￥': 'JPY CNY',
  kr: 'SEK NOK DKK ISK',
  lei: 'RON MDL',
  Rs: 'INR PKR LKR NPR MUR SCR',
  Fr: 'CHF XAF XOF DJF GNF RWF',
  ...{
    '€': 'EUR',
    '₹': 'INR',
    '₩': 'KRW',
    '₽': 'RUB',
    '₺': 'TRY',
    '₪': 'ILS',
    '₫': 'VND',
    '฿': 'THB',
    '₴': 'UAH',
  },
  ...{
    '₦': 'NGN',
    '₱': 'PHP',
    '₡': 'CRC',
    '₲': 'PYG',
    '₵': 'GHS',
    '₸': 'KZT',
    '₼': 'AZN',
    '₾': 'GEL',
    '৳': 'BDT',
  },
  ...{
    zł: 'PLN',
    Kč: 'CZK',
    Ft: 'HUF',
    лв: 'BGN',
    руб: 'RUB',
    SFr: 'CHF',
    US$: 'USD',
    CA$: 'CAD',
    C$: 'CAD',
  },
  ...{
    A$: 'AUD',
    AU$: 'AUD',
    NZ$: 'NZD',
    HK$: 'HKD',
    S$: 'SGD',
    SG$: 'SGD',
    MX$: 'MXN',
    R$: 'BRL',
    NT$: 'TWD',
  },
};

/** Columns by which a row belongs to another whose currency it has. */
const parents = [
  'deal_id',
  'deal_line_id',
  'quote_id',
  'quote_line_id',
  'invoice_id',
  'invoice_line_id',
  'subscription_id',
];

interface Told {
  /** As in the cells: a code or a sign. */
  token: string;
  /** Every currency it may be. */
  family: string[];
  /** The one it is taken for; null where only the row's own currency can say. */
  code: string | null;
  why: string;
}

function meaningOf(token: string, settings: StyleSettings): Told {
  const sign = token.replace(/\.$/, '');
  const said = settings.currencySigns?.[sign] ?? settings.currencySigns?.[token];
  if (said) return { token, family: [said], code: said, why: ', as currency_signs says' };
  if (/^[A-Z]{3}$/.test(token)) return { token, family: [token], code: token, why: '' };
  const family = (meanings[sign] ?? '').split(' ').filter((code) => code !== '');
  if (family.length === 1) return { token, family, code: family[0]!, why: '' };
  const { currency } = settings;
  if (currency && family.includes(currency))
    return { token, family, code: currency, why: ', the reporting currency' };
  if (token === '£') return { token, family, code: 'GBP', why: '' };
  return { token, family, code: null, why: '' };
}

const among = (codes: string[]) => codes.map(quotedString).join(', ');

/** SQL: by what a cell tells, one of several texts. */
const byToken = (text: string, told: Told[], then: (one: Told) => string) =>
  told.length === 0
    ? 'null::varchar'
    : `case currency_told(${text}) ${told.map((one) => `when ${quotedString(one.token)} then ${then(one)}`).join(' ')} end`;

async function tokensOf(connection: DuckDBConnection, relation: string, cell: Cell): Promise<string[]> {
  const reader = await connection.runAndReadAll(
    `select distinct currency_told(t) as token from ${differentCells(relation, cell.expression, 'value_said')}
     where token is not null order by token`,
  );
  return reader.getRows().map(([token]) => String(token));
}

/**
 * Where cells of money tell their currency, it is the row's: fills the row's currency where it has none, and returns
 * the checks that find rows in which they contradict each other. Throws the question where a sign may be several
 * currencies and nothing decides.
 */
export async function currencyFromCells(
  connection: DuckDBConnection,
  relation: string,
  table: CanonicalTable,
  cells: Cell[],
  looked: Set<string>,
  settings: StyleSettings,
): Promise<RowCheck[]> {
  const money = cells.filter(
    ({ type, target }) => (type === 'amount' || type === 'price') && looked.has(target),
  );
  const telling: { cell: Cell; told: Told[] }[] = [];
  for (const cell of money) {
    const tokens = await tokensOf(connection, relation, cell);
    if (tokens.length > 0) telling.push({ cell, told: tokens.map((token) => meaningOf(token, settings)) });
  }
  if (telling.length === 0) return [];
  const given = cells.find(({ target }) => target === 'currency');
  const ofParent = parents.some(
    (parent) => table.columns.some(({ name }) => name === parent) && table.key[0] !== parent,
  );
  const hasCurrency = table.columns.some(({ name }) => name === 'currency');
  for (const { cell, told } of telling)
    for (const one of told)
      if (one.code === null && !given)
        throw new Question(
          `"${one.token}" in column "${cell.source}" may be ${one.family.slice(0, 4).join(', ') || 'any currency'}.`,
          `Which is it? Set currency_signs: { "${one.token}": … } in holdfast.yaml.`,
        );
  if (!hasCurrency && ofParent) return [];

  if (hasCurrency) {
    const codes = telling.map(({ cell, told }) =>
      byToken(
        cell.expression,
        told.filter(({ code }) => code !== null),
        ({ code }) => quotedString(code!),
      ),
    );
    const names = [
      ...new Set(
        telling.flatMap(({ told }) =>
          told.map(({ token, code, why }) => `${token} is ${code ?? 'the row’s'}${why}`),
        ),
      ),
    ].filter((name) => !/^(\w+) is \1$/.test(name));
    const headers = telling.map(({ cell }) => `"${cell.source}"`).join(', ');
    const style = { ...plainStyle('currency'), evidence: names.join('; ') || 'codes in the cells' };
    if (given) {
      given.text = `coalesce(${given.text}, ${codes.join(', ')})`;
      given.style = {
        ...given.style,
        evidence: `checked against the cells of ${headers}: ${style.evidence}`,
      };
    } else {
      const expression = `coalesce(${codes.join(', ')})`;
      const source = `the currency in ${headers}`;
      cells.push({
        target: 'currency',
        source,
        how: 'computed',
        expression,
        type: 'currency',
        required: false,
        style,
        text: expression,
      });
    }
  }
  const standard = quotedString(settings.currency ?? '');
  return telling.map(({ cell, told }) => ({
    problem: `$${cell.target}`,
    sql: (currency) => {
      const row = hasCurrency ? `upper(trim(${currency}))` : standard;
      return byToken(
        cell.expression,
        told,
        ({ family }) => `coalesce(${row} not in (${among(family)}), true)`,
      );
    },
  }));
}
