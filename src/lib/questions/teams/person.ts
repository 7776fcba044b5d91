import { repSeen, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

/** Where a person stands, by the newest export. */
export interface Person {
  id: string;
  name: string;
  role: string | null;
  team: string | null;
  region: string | null;
  manager_id: string | null;
  manager_name: string | null;
  active_to: string | null;
  source_file: string | null;
}

/** A person who has sold or managed anything, or is among the people exported; null for an id of nobody. */
export async function personOf(warehouse: Warehouse, id: string, scope: Scope): Promise<Person | null> {
  const seen = repSeen(scope, 'who.person_id');
  const [person] = await warehouse.rows<Person>(
    `with who as (
       select person_id, max(name) as name, max(active_to) as active_to, any_value(source_file_id) as source_file_id
       from core.person where person_id = $id group by person_id
       union all
       select rep_id, any_value(rep_name), null, null from marts.fact_deal where rep_id = $id group by rep_id
       union all
       select manager_id, any_value(manager_name), null, null
       from marts.fact_deal where manager_id = $id group by manager_id
     ),
     place as (
       select * from core.person_assignment where person_id = $id
       order by valid_from desc nulls last limit 1
     )
     select who.person_id as id, coalesce(who.name, who.person_id) as name, place.role, place.team, place.region,
       place.manager_id, coalesce(manager.name, place.manager_id) as manager_name, who.active_to::date as active_to,
       file.path as source_file
     from who
     left join place on place.person_id = who.person_id
     left join core.person manager on manager.person_id = place.manager_id
     left join raw.source_file file on file.source_file_id = who.source_file_id
     where ${seen.test}
     order by who.source_file_id nulls last
     limit 1`,
    { id, ...seen.parameters },
  );
  return person ?? null;
}
