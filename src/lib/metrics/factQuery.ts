import { accountQueries } from './accountQuery.ts';
import { BadRequest } from './badRequest.ts';
import {
  type Bindings,
  condition,
  overlap,
  scopeCondition,
  sqlOf,
  within,
  withinEither,
} from './conditions.ts';
import type { FactId, Measure } from './definition.ts';
import { dealParts, facts } from './facts.ts';
import { fill, populationOf } from './populations.ts';
import { dimensionById, measureById, type Request, type Scope } from './request.ts';
import type { Span } from './span.ts';

export interface Spans {
  now: Span | null;
  before: Span | null;
}

/** Measures that are answered from the same rows of one fact. */
export interface Part {
  fact: FactId;
  /** SQL of the rows that all of them count; '' for all. */
  population: string;
  ids: string[];
}

/** Facts of which each person's part is known where several share a deal's revenue. */
const isCredited = (fact: FactId) => fact === 'deal_line' || fact === 'deal_part';

/** Dimensions that say whom a deal counts for. */
const ofPeople: ReadonlySet<string> = new Set([
  ...['rep_id', 'rep_name', 'manager_id', 'manager_name'],
  ...['reports_to', 'region', 'team'],
]);

/** Whom the rows of a fact count for in a request. */
const creditOf = (fact: FactId, { credit }: Request) => (isCredited(fact) ? credit : 'owner');

/** The table that a fact's rows come from. */
const tableOf = (fact: FactId, request: Request) =>
  creditOf(fact, request) === 'splits' ? 'marts.fact_credited_line' : facts[fact].table;

/** The fact that answers a measure: the first that has every dimension asked for. */
function factFor(measure: Measure, request: Request): FactId {
  const asked = [...request.by, ...request.filters.map((filter) => filter.dimension)].map((id) =>
    dimensionById.get(id)!,
  );
  const lineByLine =
    !measure.countsDeals && (request.rates === 'actual' || asked.some((dimension) => dimension.byLine));
  const all = (Object.keys(facts) as FactId[]).filter((fact) => measure.sql[fact] !== undefined);
  const credited = request.credit === 'splits' ? all.filter(isCredited) : [];
  if (request.credit === 'splits' && credited.length === 0 && asked.some(({ id }) => ofPeople.has(id)))
    throw new BadRequest('credit', `"${measure.id}" is not credited by revenue splits.`, ['owner']);
  const candidates = credited.length > 0 ? credited : all;
  const fitting = candidates.filter((fact) =>
    asked.every((dimension) => sqlOf(dimension, fact, request.hierarchy)),
  );
  const best =
    (lineByLine && fitting.find((fact) => fact === 'deal_line' || fact === 'deal_part')) || fitting[0];
  if (best) return best;
  const missing = asked.find((dimension) =>
    candidates.every((fact) => !sqlOf(dimension, fact, request.hierarchy)),
  );
  throw new BadRequest(
    'measures',
    missing
      ? `"${measure.id}" is not known by "${missing.id}".`
      : `"${measure.id}" is not known by all of ${asked.map(({ id }) => id).join(', ')} at once.`,
  );
}

const isLifted = ({ filters }: Request) =>
  filters.some((filter) => dimensionById.get(filter.dimension)?.decidesPopulation);

/** A request's measures by the rows that answer them. Throws BadRequest where none answer one. */
export function partsOf(request: Request): Part[] {
  const parts = new Map<string, Part>();
  for (const id of request.measures) {
    const measure = measureById.get(id)!;
    const fact = factFor(measure, request);
    const population = populationOf(measure.sql[fact]!, isLifted(request), fact === 'deal_part');
    const part = parts.get(`${fact} ${population}`) ?? { fact, population, ids: [] };
    part.ids.push(id);
    parts.set(`${fact} ${population}`, part);
  }
  return [...parts.values()];
}

const allOf = (tests: string[]) => {
  const real = tests.filter((test) => test !== 'true' && test !== '');
  return real.length > 0 ? `where ${real.join(' and ')}` : '';
};

/** What holds of a fact unless the request says something else of the same dimension. */
function standardOf(fact: FactId, { by, filters }: Request): string[] {
  const said = new Set([...by, ...filters.map(({ dimension }) => dimension)]);
  return Object.entries(facts[fact].standard ?? {}).flatMap(([dimension, test]) =>
    said.has(dimension) ? [] : [test],
  );
}

/** Whether groups of several kinds can be told from one reading of the rows of these parts. */
export const inOneReading = (request: Request, parts: Part[]): string | null =>
  parts.some(({ fact }) => fact === 'deal_part' || fact === 'account_month')
    ? null
    : JSON.stringify([parts, parts.map(({ fact }) => standardOf(fact, request))]);

/** Whether what a request comes to over everything is told by the total of another one of the same rows. */
export const isInTotalOf = (request: Request, other: Request): boolean => {
  const told = partsOf(other);
  return partsOf(request).every(({ fact, population, ids }) => {
    const same = told.find((part) => part.fact === fact && part.population === population);
    const standards = [request, other].map((each) => standardOf(fact, each).join());
    return ids.every((id) => same?.ids.includes(id)) && standards[0] === standards[1];
  });
};

/** Which of a request's keys a row is grouped by: a bit for each that it is not, the first one highest. */
export const groupedBy = (by: string[], set: string[]): number =>
  by.reduce((bits, id) => bits * 2 + (set.includes(id) ? 0 : 1), 0);

/**
 * SQL of one part: a row a group and one for the total, with the columns key0…, is_total and, where there is a
 * comparison, is_before; measures of other parts are null in it. Where several sets of keys are asked for, the column
 * grouped says by which of them a row is grouped.
 */
function spanQuery(
  { fact, population, ids }: Part,
  request: Request,
  sets: string[][],
  inSpan: string,
  isBefore: string | null,
  scope: Scope,
  bind: Bindings,
): string {
  const keys = request.by.map(
    (id, index) => `${sqlOf(dimensionById.get(id)!, fact, request.hierarchy)} as key${index}`,
  );
  const named = keys.map((_, index) => `key${index}`);
  const always = isBefore === null ? [] : ['is_before'];
  const derived = [...keys, ...(isBefore === null ? [] : [`${isBefore} as is_before`])];
  const where = allOf([
    ...request.filters.map((filter) => condition(filter, fact, request.hierarchy, bind)),
    scopeCondition(scope, fact, bind, creditOf(fact, request)),
    ...standardOf(fact, request),
    population,
    inSpan,
  ]);
  const values = request.measures.map((id) => {
    const template = ids.includes(id) ? measureById.get(id)!.sql[fact]! : null;
    const filled =
      template === null ? 'null' : fill(template, fact, request.rates, isLifted(request), population);
    // A line that several share is several rows of one line.
    const counted = request.credit === 'splits' && fact === 'deal_line';
    return `${counted ? filled.replaceAll('count(*)', 'count(distinct deal_line_id)') : filled} as "${id}"`;
  });
  // Keys are worked out below the grouping, so that a group's name and the grouping sets mean the same.
  const table = tableOf(fact, request);
  const rows = `${derived.length === 0 ? table : `(select *, ${derived.join(', ')} from ${table})`} ${where}`;
  if (fact === 'deal_part')
    return `select ${[...named, 'is_total', ...always, ...values].join(', ')}
      from ${dealParts(rows, named, always, request.rates)} group by ${[...named, 'is_total', ...always].join(', ')}`;
  const groups = [...sets.map((set) => named.filter((_, index) => set.includes(request.by[index]!))), []];
  const grouping =
    keys.length > 0
      ? `group by grouping sets (${groups.map((set) => `(${[...set, ...always].join(', ')})`).join(', ')})`
      : always.length > 0
        ? `group by ${always.join(', ')}`
        : '';
  const grouped = `grouping(${named.join(', ')})`;
  const isTotal = keys.length > 0 ? `${grouped} = ${groupedBy(request.by, [])}` : 'true';
  const which = sets.length > 1 ? [`${grouped} as grouped`] : [];
  return `select ${[...named, ...which, `${isTotal} as is_total`, ...always, ...values].join(', ')} from ${rows} ${grouping}`;
}

/** SQL of one part over the period and, if there is one, the period compared with: both from one reading. */
export function partQueries(
  part: Part,
  request: Request,
  sets: string[][],
  spans: Spans,
  scope: Scope,
  bind: Bindings,
): string[] {
  const { date } = facts[part.fact];
  const { now, before } = spans;
  if (part.fact === 'account_month')
    return (now && before ? [now, before] : [now]).flatMap((span) =>
      accountQueries(part.ids, request, span, now && before ? span === before : null, scope, bind),
    );
  if (now === null || before === null)
    return [spanQuery(part, request, sets, now ? within(now, date, bind) : 'true', null, scope, bind)];
  // A day that is in both is counted in both.
  if (overlap(now, before))
    return [now, before].map((span) =>
      spanQuery(part, request, sets, within(span, date, bind), String(span === before), scope, bind),
    );
  const either = withinEither(now, before, date, bind);
  return [spanQuery(part, request, sets, either, within(before, date, bind), scope, bind)];
}
