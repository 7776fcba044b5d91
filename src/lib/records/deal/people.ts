import { dealSeen, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { joinFile, people, place, type Sourced } from '../sourced.ts';

export interface TeamMember extends Sourced {
  person: string;
  role: string | null;
  /** In points: 50 is half of the credit. */
  split_share: number | null;
  is_revenue_split: boolean | null;
  joined_on: string | null;
}

/** Who worked on the deal besides its owner. */
export function dealTeam(warehouse: Warehouse, id: string, scope: Scope): Promise<TeamMember[]> {
  const seen = dealSeen(scope, 'deal_id');
  return warehouse.rows<TeamMember>(
    `select coalesce(person.name, row.person_id) as person, role, split_share, is_revenue_split, joined_on, ${place}
     from core.deal_team row ${joinFile}
     left join ${people} person on person.person_id = row.person_id
     where deal_id = $id and ${seen.test} order by joined_on, row.source_line`,
    { id, ...seen.parameters },
  );
}

export interface PriceException extends Sourced {
  exception_id: string;
  requested_by: string | null;
  requested_on: string | null;
  /** In points: 24 is 24% of list. */
  requested_rate: number | null;
  approved_rate: number | null;
  approver: string | null;
  decided_on: string | null;
  decision: string | null;
  reason: string | null;
  criterion: string | null;
  value_evidence: string | null;
}

/** Requests to sell below what the rep may grant. */
export function priceExceptions(warehouse: Warehouse, id: string, scope: Scope): Promise<PriceException[]> {
  const seen = dealSeen(scope, 'deal_id');
  return warehouse.rows<PriceException>(
    `select exception_id, coalesce(asker.name, requested_by) as requested_by, requested_on, requested_rate,
       approved_rate, coalesce(approver.name, approver_id) as approver, decided_on, decision, reason, criterion,
       value_evidence, ${place}
     from core.price_exception row ${joinFile}
     left join ${people} asker on asker.person_id = row.requested_by
     left join ${people} approver on approver.person_id = row.approver_id
     where deal_id = $id and ${seen.test} order by requested_on, row.source_line`,
    { id, ...seen.parameters },
  );
}

export interface ValueAssessment extends Sourced {
  outcome: string;
  /** Whether nothing follows from it: only such outcomes add up. */
  is_terminal: boolean | null;
  persona: string | null;
  /** In the reporting currency. */
  value_amount: number | null;
  evidence: string | null;
  assessed_by: string | null;
  assessed_on: string | null;
}

/** What the deal is worth to the customer, outcome by outcome. */
export function valueAssessments(warehouse: Warehouse, id: string, scope: Scope): Promise<ValueAssessment[]> {
  const seen = dealSeen(scope, 'deal_id');
  return warehouse.rows<ValueAssessment>(
    `select coalesce(outcome.name, row.outcome_id) as outcome, outcome.is_terminal, persona, value_amount,
       evidence, coalesce(assessor.name, assessed_by) as assessed_by, assessed_on, ${place}
     from core.value_assessment row ${joinFile}
     left join (select outcome_id, any_value(name) as name, any_value(is_terminal) as is_terminal
       from core.value_outcome group by outcome_id) outcome on outcome.outcome_id = row.outcome_id
     left join ${people} assessor on assessor.person_id = row.assessed_by
     where deal_id = $id and ${seen.test} order by assessed_on, row.source_line`,
    { id, ...seen.parameters },
  );
}
