import { repSeen, unowned } from '../access/scope.ts';
import type { Dimension, FactId } from './definition.ts';
import { dimensionById, type Filter, type Request, type Scope } from './request.ts';
import type { Span } from './span.ts';

export type Parameters = Record<string, string | number | boolean | null>;

/** A dimension's SQL over a fact's columns, as closed or as things stand today; undefined where it is not known. */
export function sqlOf(dimension: Dimension, of: FactId, hierarchy: Request['hierarchy']): string | undefined {
  const fact = of === 'deal_part' ? 'deal_line' : of;
  return (hierarchy === 'today' ? dimension.today?.[fact] : undefined) ?? dimension.sql[fact];
}

/** Values are bound, never written into the text. */
export class Bindings {
  readonly values: Parameters = {};
  private count = 0;

  add(value: Parameters[string]): string {
    const name = `p${this.count}`;
    this.count += 1;
    this.values[name] = value;
    return `$${name}`;
  }
}

const cast = { text: 'varchar', date: 'date', number: 'double', boolean: 'boolean' };

/** The rows that a filter lets through. */
export function condition(
  filter: Filter,
  fact: FactId,
  hierarchy: Request['hierarchy'],
  bind: Bindings,
): string {
  const dimension = dimensionById.get(filter.dimension)!;
  const column = sqlOf(dimension, fact, hierarchy)!;
  const type = cast[dimension.type];
  let test: string;
  if (filter.kind === 'between') {
    const ends = [
      filter.from === null ? [] : [`${column} >= ${bind.add(filter.from)}::${type}`],
      filter.to === null ? [] : [`${column} <= ${bind.add(filter.to)}::${type}`],
    ].flat();
    test = ends.join(' and ') || 'true';
  } else {
    const named = filter.values.filter((value) => value !== '');
    const members = named.map((value) => `${bind.add(value)}::${type}`);
    const among = dimension.filterOnly
      ? members.map((member) => `list_contains(${column}, ${member})`)
      : members.length > 0
        ? [`${column} in (${members.join(', ')})`]
        : [];
    const unknown = filter.values.includes('') ? [`${column} is null`] : [];
    test = [...among, ...unknown].join(' or ') || 'false';
  }
  return filter.not ? `not coalesce(${test}, false)` : `(${test})`;
}

/** The rows of a span of days. */
export function within(span: Span, column: string, bind: Bindings): string {
  const ends = [
    span.from === null ? [] : [`${column} >= ${bind.add(span.from)}::date`],
    span.to === null ? [] : [`${column} < ${bind.add(span.to)}::date`],
  ].flat();
  return ends.length > 0 ? ends.join(' and ') : 'true';
}

/** Whether a day can be in both spans. */
export const overlap = (a: Span, b: Span): boolean =>
  (a.from === null || b.to === null || a.from < b.to) && (b.from === null || a.to === null || b.from < a.to);

/** Days of either span; those between two that touch are none, and one stretch is quicker to look up than two. */
export function withinEither(now: Span, before: Span, column: string, bind: Bindings): string {
  const whole: Span = { from: before.from, to: now.to, period: null };
  if (before.to !== null && before.to === now.from) return within(whole, column, bind);
  return `((${within(now, column, bind)}) or (${within(before, column, bind)}))`;
}

/** What of a fact the reader sees: rows that name no person are for those who see everything. */
export function scopeCondition(
  scope: Scope,
  fact: FactId,
  bind: Bindings,
  credit: Request['credit'] = 'owner',
): string {
  // Whoever shares in a deal, it is seen by its owner.
  const rep = credit === 'splits' ? 'owner_id' : sqlOf(dimensionById.get('rep_id')!, fact, 'as_closed');
  const { test, parameters } = rep ? repSeen(scope, rep) : unowned(scope);
  Object.assign(bind.values, parameters);
  return test;
}
