import type { Dimension } from '../definition.ts';
import { column, text } from './columns.ts';
import { sales, billed, withCredits, forecasts, handledDeals, owned, disciplined } from './factGroups.ts';

/** The people behind a deal: who owns it, and whom they report to. */
export const people: readonly Dimension[] = [
  {
    ...text(
      'region',
      'Region',
      "The owner's sales region as of the close; the customer's where no one has a region.",
      [
        ...withCredits,
        ...billed,
        'quota',
        'budget',
        'rep_month',
        ...owned,
        ...forecasts,
        ...disciplined,
        'restatement',
        'finding',
      ],
    ),
    today: column('region_today', [...sales, ...handledDeals]),
  },
  {
    ...text('team', 'Team', "The owner's team as of the close.", [
      ...withCredits,
      ...billed,
      'quota',
      'rep_month',
      ...handledDeals,
      ...forecasts,
      ...disciplined,
      'restatement',
      'finding',
    ]),
    today: column('team_today', sales),
  },
  {
    ...text('rep_id', 'Rep (id)', 'The person accountable for the deal on its close date.', [
      ...withCredits,
      ...billed,
      'quota',
      'rep_month',
      ...owned,
      ...forecasts,
      ...disciplined,
      'restatement',
      'finding',
    ]),
    today: column('rep_id_today', sales),
  },
  {
    ...text('rep_name', 'Rep', 'Name of the person accountable for the deal on its close date.', [
      ...withCredits,
      ...billed,
      'quota',
      'rep_month',
      ...owned,
      ...forecasts,
      ...disciplined,
      'restatement',
      'finding',
    ]),
    today: column('rep_name_today', sales),
  },
  {
    ...text('manager_id', 'Manager (id)', "The owner's manager as of the close.", [
      ...withCredits,
      ...billed,
      'quota',
      'rep_month',
      ...handledDeals,
      ...forecasts,
      ...disciplined,
      'restatement',
      'finding',
    ]),
    today: column('manager_id_today', sales),
  },
  {
    ...text('manager_name', 'Manager', "Name of the owner's manager as of the close.", [
      ...withCredits,
      ...billed,
      'rep_month',
      ...handledDeals,
      ...forecasts,
      ...disciplined,
      'restatement',
      'finding',
    ]),
    today: column('manager_name_today', sales),
  },
  {
    id: 'reports_to',
    label: 'Reports to',
    definition: 'Everyone at or below this person as of the close: the person, their reports, and theirs.',
    type: 'text',
    sql: column(
      `(select list_concat(reports_to, reports_to_names) from core.reporting_line where id = reporting_line_id)`,
      [...sales, ...handledDeals, ...forecasts, ...disciplined, 'billing_match', 'restatement', 'finding'],
    ),
    filterOnly: true,
  },
];
