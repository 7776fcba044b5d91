import { unowned, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export interface RespondentPlaces {
  departments: string[];
  teams: string[];
  regions: string[];
}

/** Departments, teams and regions that the company has, to choose from. */
export function respondentPlaces(warehouse: Warehouse, scope: Scope): Promise<RespondentPlaces> {
  const seen = unowned(scope);
  return warehouse.remember(`respondent places ${JSON.stringify(scope)}`, async () => {
    const rows = await warehouse.rows<{ kind: keyof RespondentPlaces; name: string }>(
      `select distinct kind, name
       from (
         select 'departments' as kind, department as name from core.person
         union all select 'departments', department from core.assessment_answer
         union all select 'teams', team from core.person_assignment
         union all select 'regions', region from core.person_assignment
       )
       where trim(name) <> '' and ${seen.test} order by name`,
      seen.parameters,
    );
    const of = (kind: keyof RespondentPlaces) =>
      rows.filter((row) => row.kind === kind).map(({ name }) => name);
    return { departments: of('departments'), teams: of('teams'), regions: of('regions') };
  });
}
