import { requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type AnswerRow } from '../../metrics/answer.ts';
import type { Scope } from '../../metrics/request.ts';
import { wilson } from '../../statistics/wilson.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { aboutReps } from './repsAsked.ts';

export interface FocusShares {
  id: string;
  name: string;
  sessions: number;
  behaviours: number | null;
  results: number | null;
  oneDeal: number | null;
  /** Sessions that say nothing of their focus. */
  unknown: number | null;
}

export interface Focus {
  all: FocusShares;
  byManager: FocusShares[];
  /** 95% interval of the share about one deal. */
  oneDeal: { low: number; high: number } | null;
}

const measures = ['sessions', 'behaviour_share', 'results_share', 'one_deal_share'];
const number = (row: AnswerRow, id: string) => (typeof row[id] === 'number' ? row[id] : null);

function sharesOf(row: AnswerRow, id: string, name: string): FocusShares {
  const [behaviours, results, oneDeal] = measures.slice(1).map((measure) => number(row, measure));
  const sessions = number(row, 'sessions') ?? 0;
  const told = (behaviours ?? 0) + (results ?? 0) + (oneDeal ?? 0);
  return {
    ...{ id, name, sessions, behaviours: behaviours!, results: results!, oneDeal: oneDeal! },
    unknown: sessions > 0 ? Math.max(0, 1 - told) : null,
  };
}

/** What coaching sessions are about: predictive behaviours, trailing results, or one deal. */
export async function focus(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Focus> {
  const by = ['manager_id', 'manager_name'];
  const { rows, totals } = await answer(warehouse, requestOf(aboutReps(asking), { measures, by }), scope);
  const all = sharesOf(totals, 'all', 'all');
  return {
    all,
    byManager: rows
      .filter((row) => (number(row, 'sessions') ?? 0) > 0)
      .map((row) => sharesOf(row, String(row.manager_id), String(row.manager_name ?? 'no manager known')))
      .sort((a, b) => b.sessions - a.sessions),
    oneDeal: wilson(Math.round((all.oneDeal ?? 0) * all.sessions), all.sessions),
  };
}
