import type { Scope } from '../../access/scope.ts';
import { alone, requestOf, type Asking } from '../../asking/asking.ts';
import { answer, type Answer, type AnswerRow } from '../../metrics/answer.ts';
import type { Filter } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** What a person's page is of: a rep's own deals, or all of everyone at or below a manager. */
export type PersonKind = 'rep' | 'manager';

const only = (dimension: string, values: string[]): Filter => ({
  dimension,
  not: false,
  kind: 'one of',
  values,
});

/** The asking narrowed to a person's deals. */
export const narrowedTo = (asking: Asking, kind: PersonKind, id: string): Asking => ({
  ...alone(asking),
  filters: [...asking.filters, only(kind === 'rep' ? 'rep_id' : 'reports_to', [id])],
});

const measures = ['net_amount', 'deals', 'average_deal', 'discount_rate', 'win_rate', 'cycle_days'];

export interface Quarter {
  period: string;
  figures: AnswerRow;
  quota: number | null;
  /** Won net ÷ quota; null without a quota, and while the quarter is under way. */
  attainment: number | null;
}

export interface PersonFigures {
  answered: Answer;
  totals: AnswerRow;
  grossMargin: number | null;
  /** Won net ÷ quota over quarters that are over and have one; null where none is. */
  attainment: number | null;
  quota: number | null;
  quarters: Quarter[];
  /** Reps of a manager, with the same figures. */
  team: AnswerRow[];
}

const numberOf = (row: AnswerRow | undefined, id: string) => (typeof row?.[id] === 'number' ? row[id] : null);

/** The quotas that a person answers for, by quarter: their own, or those of all whose manager is among these. */
async function quotas(warehouse: Warehouse, asking: Asking, filter: Filter, scope: Scope) {
  const request = requestOf(alone(asking), {
    measures: ['quota'],
    by: ['fiscal_quarter'],
    filters: [filter],
  });
  const { rows } = await answer(warehouse, { ...request, hierarchy: 'as_closed' }, scope);
  return new Map(rows.map((row) => [row.fiscal_quarter, numberOf(row, 'quota')]));
}

/** The plain figures of one person, by quarter and together, in the period asked about. */
export async function personFigures(
  warehouse: Warehouse,
  asking: Asking,
  kind: PersonKind,
  id: string,
  scope: Scope,
): Promise<PersonFigures> {
  const own = narrowedTo(asking, kind, id);
  const ask = (by: string[], asked: string[]) =>
    answer(warehouse, requestOf(own, { measures: asked, by }), scope);
  const [together, byQuarter, margin, team] = await Promise.all([
    ask([], measures),
    ask(['fiscal_quarter'], measures),
    ask([], ['gross_margin_rate']),
    kind === 'manager' ? ask(['rep_id', 'rep_name', 'manager_id'], measures) : null,
  ]);
  const managers = [
    ...new Set([
      id,
      ...(team?.rows ?? []).flatMap((row) => (row.manager_id ? [String(row.manager_id)] : [])),
    ]),
  ];
  const filter = kind === 'rep' ? only('rep_id', [id]) : only('manager_id', managers);
  const targets = await quotas(warehouse, asking, filter, scope);
  const { data_on: today } = warehouse.build;
  const over = new Set(
    warehouse.periods.filter(({ ends_on }) => ends_on <= today).map(({ period }) => period),
  );
  const quarters = byQuarter.rows.flatMap((figures): Quarter[] => {
    if (
      figures.fiscal_quarter === null ||
      (numberOf(figures, 'deals') ?? 0) + (numberOf(figures, 'win_rate') ?? -1) < 0
    )
      return [];
    const period = String(figures.fiscal_quarter);
    const quota = targets.get(period) ?? null;
    const won = numberOf(figures, 'net_amount') ?? 0;
    const attainment = quota !== null && quota > 0 && over.has(period) ? won / quota : null;
    return [{ period, figures, quota, attainment }];
  });
  const counted = quarters.filter(({ attainment }) => attainment !== null);
  const quota = counted.reduce((sum, quarter) => sum + quarter.quota!, 0);
  const won = counted.reduce((sum, { figures }) => sum + (numberOf(figures, 'net_amount') ?? 0), 0);
  return {
    answered: together,
    totals: together.totals,
    grossMargin: numberOf(margin.totals, 'gross_margin_rate'),
    attainment: quota > 0 ? won / quota : null,
    quota: quota > 0 ? quota : null,
    quarters,
    team: team?.rows ?? [],
  };
}
