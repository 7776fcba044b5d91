import { period as periodWords } from '../design/formats.ts';
import type { AskedChoice, AskedPart, AskedState } from '../design/frame.ts';
import { answer } from '../metrics/answer.ts';
import { parseRequest, type Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { askedSearch, type Asking } from './asking.ts';
import { standardPeriod } from './standardPeriod.ts';

/** Dimensions that can be chosen in the sentence; the second names the value where the first is an id. */
const filters = [
  { id: 'region', label: 'region', plural: 'All regions' },
  { id: 'manager_id', name: 'manager_name', label: 'manager', plural: 'All managers' },
  { id: 'rep_id', name: 'rep_name', label: 'rep', plural: 'All reps' },
  { id: 'segment', label: 'segment', plural: 'All segments' },
  { id: 'product_family', label: 'product family', plural: 'All families' },
  { id: 'deal_type', label: 'deal type', plural: 'All deal types' },
] as const;

const MOST_CHOICES = 500;

/** The page's address with one parameter changed; null takes it out. The place in a list starts again. */
function hrefWith(url: URL, name: string, value: string | null): string {
  const search = new URLSearchParams(url.searchParams);
  search.delete('page');
  if (value === null) search.delete(name);
  else search.set(name, value);
  return search.size === 0 ? url.pathname : `${url.pathname}?${search}`;
}

const written = (value: string) => value.replaceAll(',', '\\,');

async function filterPart(
  url: URL,
  warehouse: Warehouse,
  part: (typeof filters)[number],
  scope: Scope,
): Promise<AskedPart | null> {
  const by = 'name' in part ? `${part.id},${part.name}` : part.id;
  const found = await answer(
    warehouse,
    parseRequest(new URLSearchParams(`measures=won_deals&by=${by}`)),
    scope,
  );
  const chosen = url.searchParams.get(part.id);
  const values = found.rows.slice(0, MOST_CHOICES).map((row) => {
    const id = row[part.id];
    const name = 'name' in part ? row[part.name] : id;
    return {
      value: id === null ? '' : String(id),
      label: id === null ? `no ${part.label}` : String(name ?? id),
    };
  });
  const seen = new Map(values.map(({ value, label }) => [value, label]));
  if (seen.size < 2 && chosen === null) return null;
  const isNow = (value: string) => chosen !== null && chosen === written(value);
  const choices: AskedChoice[] = [
    { label: part.plural, href: hrefWith(url, part.id, null), current: chosen === null },
    ...[...seen]
      .sort((a, b) => a[1].localeCompare(b[1], 'en'))
      .map(([value, label]) => ({
        label,
        href: hrefWith(url, part.id, written(value)),
        current: isNow(value),
      })),
  ];
  const label = chosen === null ? part.plural : (choices.find(({ current }) => current)?.label ?? chosen);
  return {
    id: part.id,
    label,
    name: part.label[0]!.toUpperCase() + part.label.slice(1),
    value: chosen ?? '',
    changed: chosen !== null,
    choices,
  };
}

async function periodPart(url: URL, warehouse: Warehouse, asking: Asking, scope: Scope): Promise<AskedPart> {
  const standard = asking.standard ?? (await standardPeriod(warehouse));
  const sold = await answer(
    warehouse,
    parseRequest(new URLSearchParams('measures=won_deals&by=fiscal_quarter')),
    scope,
  );
  const quarters = sold.rows.map((row) => String(row.fiscal_quarter)).filter((name) => name !== 'null');
  const years = [...new Set(quarters.map((name) => name.slice(0, 4)))];
  const isNow = (value: string) => (asking.period ?? 'all') === value;
  const choose = (value: string, label: string, group: string): AskedChoice => ({
    label,
    group,
    href: hrefWith(url, 'period', value === standard ? null : value),
    current: isNow(value),
  });
  const choices = [
    ...quarters.toReversed().map((name) => choose(name, periodWords(name), 'Quarter')),
    ...years.toReversed().map((name) => choose(name, periodWords(name), 'Year')),
    choose('all', 'All there is', 'Everything'),
  ];
  const known = choices.find(({ current }) => current)?.label;
  return {
    id: 'period',
    name: 'Period',
    label: known ?? (asking.period ? periodWords(asking.period) : 'All there is'),
    value: asking.period ?? 'all',
    changed: url.searchParams.has('period'),
    choices,
  };
}

function comparePart(url: URL, asking: Asking): AskedPart {
  const words = asking.before?.period ? periodWords(asking.before.period) : null;
  const span = asking.before && !words ? `${asking.before.from} to ${asking.before.to}` : null;
  const options = [
    ['previous', 'the period before'],
    ['year_ago', 'a year earlier'],
    ['none', 'nothing'],
  ] as const;
  const now = asking.compare ?? 'none';
  return {
    id: 'compare',
    name: 'Comparison',
    before: 'against',
    label: words ?? span ?? 'nothing',
    value: now,
    changed: url.searchParams.has('compare'),
    choices: options.map(([value, label]) => ({
      label,
      href: hrefWith(url, 'compare', value === (asking.isOpen ? 'none' : 'previous') ? null : value),
      current: now === value,
    })),
  };
}

function twoWay(
  url: URL,
  id: 'rates' | 'hierarchy' | 'credit',
  now: string,
  name: string,
  options: readonly (readonly [string, string])[],
  before?: string,
): AskedPart {
  return {
    id,
    name,
    before,
    label: options.find(([value]) => value === now)?.[1] ?? now,
    value: now,
    changed: url.searchParams.has(id),
    choices: options.map(([value, label], index) => ({
      label,
      href: hrefWith(url, id, index === 0 ? null : value),
      current: value === now,
    })),
  };
}

/** Pages on which every figure by person can be credited by split. */
const creditsSplits = ({ pathname }: URL) => ['/discounts', '/deals'].includes(pathname);

async function hasSplits(warehouse: Warehouse): Promise<boolean> {
  const [found] = await warehouse.remember('revenue splits', () =>
    warehouse.rows<{ any: boolean }>('select exists (from core.deal_team where is_revenue_split) as any'),
  );
  return found?.any ?? false;
}

/** The asking as a sentence: each word opens its choices, each choice is the page's address with it. */
export async function askedSentence(
  url: URL,
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
): Promise<AskedState> {
  const currencies = await answer(
    warehouse,
    parseRequest(new URLSearchParams('measures=won_deals&by=currency')),
    scope,
  );
  const { currency } = warehouse.build;
  const [period, ...chosen] = await Promise.all([
    periodPart(url, warehouse, asking, scope),
    ...filters.map((part) => filterPart(url, warehouse, part, scope)),
  ]);
  const rates =
    currencies.rows.length > 1
      ? [
          twoWay(
            url,
            'rates',
            asking.rates,
            'Exchange rates',
            [
              ['plan', `${currency} at plan rates`],
              ['actual', `${currency} at rates of the close`],
            ],
            'in',
          ),
        ]
      : [];
  const hierarchy = twoWay(url, 'hierarchy', asking.hierarchy, 'Hierarchy', [
    ['as_closed', 'as closed'],
    ['today', "today's hierarchy"],
  ]);
  const credit =
    creditsSplits(url) && (await hasSplits(warehouse))
      ? [
          twoWay(url, 'credit', asking.credit, 'Credit', [
            ['owner', 'credited to the owner'],
            ['splits', 'credited by revenue splits'],
          ]),
        ]
      : [];
  const parts = [
    period,
    comparePart(url, asking),
    ...chosen.filter((part): part is AskedPart => part !== null),
    ...rates,
    hierarchy,
    ...credit,
  ];
  return { parts, resetHref: askedSearch(asking).size > 0 ? url.pathname : undefined };
}
