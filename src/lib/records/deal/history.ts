import { dealSeen, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { joinFile, people, place, type Sourced } from '../sourced.ts';

/** A deal as it stood at one instant (UTC). */
export interface Snapshot extends Sourced {
  happened_at: string;
  stage: string | null;
  amount: number | null;
  closed_on: string | null;
  forecast_category: string | null;
  probability: number | null;
  owner: string | null;
}

/** One change of one field. */
export interface Change extends Sourced {
  happened_at: string;
  field: string;
  old_value: string | null;
  new_value: string | null;
}

const instant = `strftime(happened_at, '%Y-%m-%dT%H:%M:%SZ') as happened_at`;

/** How the deal came to where it is, oldest first: as it stood at each time, and each single change. */
export async function dealHistory(
  warehouse: Warehouse,
  id: string,
  scope: Scope,
): Promise<{ snapshots: Snapshot[]; changes: Change[] }> {
  const seen = dealSeen(scope, 'deal_id');
  const [snapshots, changes] = await Promise.all([
    warehouse.rows<Snapshot>(
      `select ${instant}, stage, amount, closed_on, forecast_category, probability,
         coalesce(owner.name, row.owner_id) as owner, ${place}
       from core.deal_snapshot row ${joinFile}
       left join ${people} owner on owner.person_id = row.owner_id
       where deal_id = $id and ${seen.test} order by row.happened_at, sequence, row.source_line`,
      { id, ...seen.parameters },
    ),
    warehouse.rows<Change>(
      `select ${instant}, field, old_value, new_value, ${place}
       from core.deal_event row ${joinFile}
       where deal_id = $id and ${seen.test} order by row.happened_at, sequence, row.source_line`,
      { id, ...seen.parameters },
    ),
  ]);
  return { snapshots, changes };
}
