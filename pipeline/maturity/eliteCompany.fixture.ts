import type { Given, Row } from '../models/modelled.fixture.ts';
import { maturityModel } from './indicators.ts';

/** A figure that takes a method, as the pages' methods would give it for the company. */
export interface MethodFigure {
  figure: string;
  value: number;
  low: number;
  high: number;
}

export interface Company {
  given: Given;
  methods: MethodFigure[];
}

const times = <Thing>(count: number, make: (index: number) => Thing): Thing[] =>
  Array.from({ length: count }, (_, index) => make(index));

const people = times(12, (i) => `p${i + 1}`);
const sellers = people.slice(0, 6);
const customers = times(20, (i) => `a${i + 1}`);
const seller = (index: number) => sellers[index % sellers.length]!;

const deal = (index: number): Row => ({
  deal_id: `d${index}`,
  account_id: customers[index % customers.length]!,
  owner_id: seller(index),
  type: 'New Business',
  created_on: '2026-05-04',
  currency: 'USD',
  rfp_engagement: 'shaped',
});

const session = (index: number, more: Row): Row => ({
  session_id: `s${String(more.kind)}${index}`,
  rep_id: seller(index),
  kind: 'coaching',
  focus: 'predictive_behaviour',
  ...more,
});

/** Four people of two departments who all give the same answer to everything. */
export const answers = (level: number): Row[] =>
  maturityModel().indicators.flatMap(({ id, gates }) =>
    gates.some(({ kind }) => kind === 'assessed')
      ? times(4, (i): Row => ({
          indicator_id: id,
          respondent_id: `r${i}`,
          department: i < 2 ? 'Sales' : 'Service',
          answered_on: '2026-09-01',
          level: String(level),
        }))
      : [],
  );

/** A company that meets every indicator of every level in the third quarter of 2026. */
export function eliteCompany(): Company {
  const closed = times(100, (i): Row => ({
    ...deal(i),
    is_closed: true,
    is_won: true,
    closed_on: '2026-08-10',
    stage: 'Closed Won',
  }));
  const open = times(20, (i): Row => ({ ...deal(100 + i), is_closed: false, closed_on: '2026-12-01' }));
  const deals = [...closed, ...open];
  const given: Given = {
    person: people.map((person_id, i) => ({ person_id, department: i < 6 ? 'Sales' : 'Service' })),
    person_assignment: people.map((person_id) => ({
      person_id,
      role: 'account_executive',
      region: 'R',
      team: 'T',
    })),
    account: customers.map((account_id) => ({ account_id, is_customer: true })),
    account_role: [
      ...customers.map((account_id, i) => ({ account_id, person_id: seller(i), role: 'owner' })),
      ...people.map((person_id, i) => ({ account_id: customers[i]!, person_id, role: 'csm' })),
    ],
    deal: [...deals, { ...deal(999), is_closed: true, is_won: true, closed_on: '2026-01-05' }].map((row, i) =>
      // What each customer first bought, so that it was a customer all through the quarter.
      i < 20 ? { ...row, closed_on: '2026-08-10' } : row,
    ),
    deal_line: deals.map(({ deal_id }) => ({
      ...{ deal_line_id: `l${String(deal_id)}`, deal_id: deal_id!, quantity: 1, term_months: 1 },
      ...{ unit_list: 1000, unit_net: 700, list_amount: 1000, net_amount: 700, currency: 'USD' },
    })),
    discount_policy: [{ role: 'account_executive', max_rate: 20, binds: 'line' }],
    price_exception: closed.map(({ deal_id }, i) => ({
      ...{ exception_id: `e${i}`, deal_id: deal_id!, requested_by: seller(i), decided_on: '2026-08-01' },
      ...{ decision: 'approved', value_evidence: 'Saves 3,000 a month' },
    })),
    value_outcome: [{ outcome_id: 'T', is_terminal: true }],
    value_assessment: deals.map(({ deal_id }) => ({
      ...{ deal_id: deal_id!, outcome_id: 'T', value_amount: 5000, evidence: 'customer_confirmed' },
      ...{ assessed_on: '2026-07-15' },
    })),
    value_finding: times(60, (i) => ({
      ...{ finding_id: `f${i}`, person_id: people[i % 12]!, found_on: '2026-08-20', is_anticipated: false },
    })),
    compensation_plan: sellers.map((person_id) => ({
      person_id,
      period_start: '2026-01-01',
      profit_share: 20,
    })),
    coaching_session: [
      ...times(72, (i) => session(i, { kind: 'coaching', held_on: '2026-09-10' })),
      ...times(24, (i) => session(i, { kind: 'training', held_on: '2026-08-20', focus: null })),
    ],
    improvement_loop: ['coaching_to_training', 'insight_to_content', 'value_to_scoring'].map((kind, i) => ({
      ...{ loop_id: `loop${i}`, kind, opened_on: '2026-01-10', closed_on: '2026-06-10' },
    })),
    deal_snapshot: [{ deal_id: 'd0', happened_at: '2026-06-01 12:00:00', stage: 'Open' }],
    assessment_answer: answers(3),
  };
  const methods = [
    { figure: 'forecast_skill', value: 0.3, low: 0.1, high: 0.5 },
    { figure: 'concentration_beyond_mix', value: 0.01, low: 0, high: 0.03 },
    { figure: 'excess_at_limits', value: 0.01, low: -0.05, high: 0.06 },
    { figure: 'coaching_effect_can_be_told', value: 1, low: 1, high: 1 },
  ];
  return { given, methods };
}
