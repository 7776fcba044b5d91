import type { Warehouse } from '../warehouse/warehouse.ts';
import { BadRequest } from './badRequest.ts';
import { beforeId, changeId, compile, type Compiled, type Spans } from './compile.ts';
import type { Format } from './definition.ts';
import { dimensionById, measureById, type Request, type Scope } from './request.ts';
import { comparisonSpan, readSpan, type Span } from './span.ts';
import { type FoundRow, rowsOf } from './together.ts';

export interface AnswerColumn {
  id: string;
  label: string;
  kind: 'dimension' | 'measure';
  format: Format;
  /** ISO 4217, for money. */
  unit?: string;
}

export type AnswerValue = string | number | boolean | null;
export type AnswerRow = Record<string, AnswerValue>;

export interface Answer {
  columns: AnswerColumn[];
  rows: AnswerRow[];
  /** The same measures over everything asked for; rows of additive measures add up to it. */
  totals: AnswerRow;
  build_id: string;
  /** Deals behind the answer: won ones, unless a filter says otherwise. */
  n: number;
  /** Share of their net whose list price is known, 0–1; null where there is no net. */
  coverage: number | null;
  period: Span | null;
  compared_with: Span | null;
}

/** The spans that a request means in this build's calendar. */
export function spansOf(warehouse: Warehouse, request: Pick<Request, 'period' | 'compare'>): Spans {
  const now = request.period === null ? null : readSpan(request.period, warehouse.periods, 'period');
  const before = request.compare && now ? comparisonSpan(request.compare, now, warehouse.periods) : null;
  return { now, before };
}

function columnsOf(request: Request, spans: Spans, currency: string): AnswerColumn[] {
  const keys = request.by.map((id): AnswerColumn => {
    const { label, type } = dimensionById.get(id)!;
    return { id, label, kind: 'dimension', format: type };
  });
  const values = request.measures.flatMap((id): AnswerColumn[] => {
    const { label, format } = measureById.get(id)!;
    const unit = format === 'money' ? { unit: currency } : {};
    const now: AnswerColumn = { id, label, kind: 'measure', format, ...unit };
    if (!spans.before) return [now];
    const change: Format = format === 'rate' ? 'points' : format;
    return [
      now,
      { ...now, id: beforeId(id), label: `${label}, before` },
      { ...now, id: changeId(id), label: `${label}, change`, format: change },
    ];
  });
  return [...keys, ...values];
}

/** The SQL of a request, as `explain` shows it and Parquet is written from. */
export function compileFor(warehouse: Warehouse, request: Request, scope: Scope): Compiled {
  return compile(request, spansOf(warehouse, request), scope);
}

async function ground(
  warehouse: Warehouse,
  request: Request,
  scope: Scope,
): Promise<{ n: number; coverage: number | null }> {
  const basis: Request = {
    ...request,
    measures: ['deals', 'list_coverage'],
    by: [],
    compare: null,
    sort: null,
    limit: null,
    offset: 0,
  };
  try {
    // A page asks many questions of the same deals.
    const [row] = await warehouse.remember(`ground ${JSON.stringify([basis, scope])}`, () =>
      rowsOf(warehouse, basis, spansOf(warehouse, basis), scope),
    );
    const number = (id: string) => (typeof row?.[id] === 'number' ? row[id] : null);
    return { n: number('deals') ?? 0, coverage: number('list_coverage') };
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    // Filters that deals don't have, as of bills and targets: the rows stand for themselves.
    return { n: 0, coverage: null };
  }
}

async function workOut(warehouse: Warehouse, request: Request, scope: Scope): Promise<Answer> {
  const spans = spansOf(warehouse, request);
  const [found, basis] = await Promise.all([
    rowsOf(warehouse, request, spans, scope),
    ground(warehouse, request, scope),
  ]);
  // Asked together with others, a row may hold more measures than these.
  const columns = columnsOf(request, spans, warehouse.build.currency);
  const strip = (row: FoundRow): AnswerRow =>
    Object.fromEntries(columns.map(({ id }) => [id, row[id] ?? null]));
  const totals = found.find((row) => row.is_total);
  const rows = request.by.length === 0 ? found.slice(0, 1) : found.filter((row) => !row.is_total);
  return {
    columns,
    rows: rows.map(strip),
    totals: totals ? strip(totals) : {},
    build_id: warehouse.build.build_id,
    ...basis,
    period: spans.now,
    compared_with: spans.before,
  };
}

/** Answers a request from the published build; the same request is worked out once per build. */
export function answer(warehouse: Warehouse, request: Request, scope: Scope): Promise<Answer> {
  return warehouse.remember(`answer ${JSON.stringify([request, scope])}`, () =>
    workOut(warehouse, request, scope),
  );
}
