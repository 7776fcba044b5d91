import { mustSeeEverything } from '../../access/scope.ts';
import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface Loop {
  loop_id: string;
  kind: string;
  opened_on: string | null;
  closed_on: string | null;
  /** To the close, or so far. */
  days: number | null;
  evidence: string | null;
}

export interface LoopKind {
  kind: string;
  opened: number;
  closed: number;
  open: number;
  /** Median days to close; null where none is closed. */
  days: number | null;
}

export interface Loops {
  kinds: LoopKind[];
  loops: Loop[];
}

function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  if (sorted.length === 0) return null;
  return (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2;
}

/**
 * Lessons that travelled: opened or closed within what is asked about, by kind. They belong to no one person, so
 * they are shown to readers of everything alone; null for others.
 */
export async function loops(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Loops | null> {
  if (scope.kind !== 'everything') return null;
  mustSeeEverything(scope);
  const found = await warehouse.rows<Loop>(
    `select loop_id, lower(kind) as kind, opened_on, closed_on, evidence,
       coalesce(closed_on, (select data_on from meta.build)) - opened_on as days
     from core.improvement_loop
     where kind is not null
     and (coalesce(opened_on, closed_on) is null
       or coalesce(opened_on, closed_on) < coalesce($to::date, date '9999-12-31')
       and coalesce(closed_on, date '9999-12-31') >= coalesce($from::date, date '0001-01-01'))
     order by opened_on desc nulls last, loop_id`,
    { from: asking.span?.from ?? null, to: asking.span?.to ?? null },
  );
  const kinds = [...new Set(found.map(({ kind }) => kind))].sort().map((kind): LoopKind => {
    const ofKind = found.filter((loop) => loop.kind === kind);
    const closed = ofKind.filter(({ closed_on }) => closed_on !== null);
    return {
      ...{ kind, opened: ofKind.length, closed: closed.length, open: ofKind.length - closed.length },
      days: median(closed.flatMap(({ days }) => days ?? [])),
    };
  });
  return { kinds, loops: found };
}
