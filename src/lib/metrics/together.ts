import type { Warehouse } from '../warehouse/warehouse.ts';
import { compile, type Spans } from './compile.ts';
import { groupedBy, inOneReading, isInTotalOf, partsOf } from './factQuery.ts';
import type { Request, Scope } from './request.ts';

export type FoundRow = Record<string, string | number | boolean | null>;

interface Asked {
  request: Request;
  spans: Spans;
  scope: Scope;
  /** The parts and rows that answer it; null where it can't be told from one reading with others. */
  reading: string | null;
  found: (rows: FoundRow[]) => void;
  failed: (error: unknown) => void;
}

/** What was asked since the last reading began, by warehouse. */
const waiting = new WeakMap<Warehouse, Asked[]>();

/**
 * The rows that answer a request, `is_total` on the one that sums them all. A page asks all its questions at once, and
 * many are of the same rows: those asked in the same moment are answered from as few readings as can be. Throws
 * BadRequest as compile does.
 */
export function rowsOf(
  warehouse: Warehouse,
  request: Request,
  spans: Spans,
  scope: Scope,
): Promise<FoundRow[]> {
  const parts = partsOf(request);
  const isWhole = request.sort === null && request.limit === null && request.offset === 0;
  const reading = isWhole ? inOneReading(request, parts) : null;
  return new Promise((found, failed) => {
    const asked = waiting.get(warehouse) ?? [];
    if (asked.length === 0) {
      waiting.set(warehouse, asked);
      setImmediate(() => {
        waiting.delete(warehouse);
        for (const group of gathered(asked)) void read(warehouse, group, group[0]!.scope);
      });
    }
    asked.push({ request, spans, scope, reading, found, failed });
  });
}

/** Asked of the same rows by the same reader, whatever the groups and measures. */
const rowsAsked = ({ request, scope }: Asked) =>
  JSON.stringify([{ ...request, measures: null, by: null }, scope]);

/** One that asks by groups, and whose total tells what is asked over everything. */
const teller = (each: Asked, asked: Asked[]) =>
  asked.find(
    (other) =>
      other.reading !== null &&
      other.request.by.length > 0 &&
      rowsAsked(other) === rowsAsked(each) &&
      isInTotalOf(each.request, other.request),
  );

/**
 * Those whose sums over everything are one statement, and those that ask the same measures by other groups, with sums
 * that stand in their total.
 */
function gathered(asked: Asked[]): Asked[][] {
  const groups = new Map<string, Asked[]>();
  for (const [index, each] of asked.entries()) {
    const isTotal = each.request.by.length === 0;
    const told = isTotal && each.reading !== null ? teller(each, asked) : undefined;
    const { request, reading } = told ?? each;
    const alike =
      reading === null
        ? index
        : isTotal && !told
          ? [rowsAsked(each), 'totals']
          : [rowsAsked(each), request.measures, reading];
    const key = JSON.stringify(alike);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap(inOrder);
}

const union = (lists: string[][]) => [...new Set(lists.flat())];

/** Rows come in the order of all keys; a request that has them in another order is answered by itself. */
function inOrder(group: Asked[]): Asked[][] {
  const by = union(group.map(({ request }) => request.by));
  const fits = ({ request }: Asked) =>
    request.by.every((id, at) => at === 0 || by.indexOf(request.by[at - 1]!) < by.indexOf(id));
  return [group.filter(fits), ...group.filter((each) => !fits(each)).map((each) => [each])].filter(
    ({ length }) => length > 0,
  );
}

async function read(warehouse: Warehouse, group: Asked[], scope: Scope): Promise<void> {
  const { request, spans } = group[0]!;
  const by = union(group.map((each) => each.request.by));
  const measures = union(group.map((each) => each.request.measures));
  const keys = new Map(group.map((each) => [each.request.by.join(), each.request.by]));
  // The total comes with any of them.
  if (keys.size > 1) keys.delete('');
  const sets = [...keys.values()];
  try {
    const { sql, parameters } = compile({ ...request, by, measures }, spans, scope, sets);
    const rows = await warehouse.rows<FoundRow>(sql, parameters);
    const isOneSet = (each: Asked) => sets.length === 1 && each.request.by.length === by.length;
    for (const each of group) each.found(isOneSet(each) ? rows : ownRows(rows, by, each.request.by));
  } catch (error) {
    for (const { failed } of group) failed(error);
  }
}

/** The rows of one set of keys and the total, without the keys of others. */
function ownRows(rows: FoundRow[], by: string[], set: string[]): FoundRow[] {
  const bits = groupedBy(by, set);
  const foreign = new Set(['grouped', ...by.filter((id) => !set.includes(id))]);
  return rows
    .filter((row) => row.is_total || row.grouped === bits)
    .map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !foreign.has(name))));
}
