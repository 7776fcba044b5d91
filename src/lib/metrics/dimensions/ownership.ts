import type { Dimension } from '../definition.ts';
import { text } from './columns.ts';

/** Who owns and handles customers and influences. */
export const ownership: readonly Dimension[] = [
  text(
    'activity',
    'Activity',
    'What is handled: a renewal, an upsell or a cross-sell; a deal may hold several.',
    ['handling'],
  ),
  text(
    'original_seller',
    'Original seller',
    'Whether who first sold to the customer handled it alone, with others, or was not involved.',
    ['handling'],
  ),
  text('owner_role', "Owner's role", "Role of the deal's owner as of the close.", ['handling']),
  text('owned_by', 'Owned by', 'One owner, none or several; for an influence also one of the wrong role.', [
    'influence_span',
    'account_owner_span',
  ]),
  {
    id: 'is_customer',
    label: 'Customer',
    definition: 'Whether the customer had bought by then; before, it was a prospect.',
    type: 'boolean',
    sql: { account_owner_span: 'is_customer' },
  },
  text('why_none', 'Why no owner', 'The owner left the company, was reassigned, or there never was one.', [
    'account_owner_span',
  ]),
  {
    id: 'owned_since',
    label: 'Owned since',
    definition: 'First day of the unbroken stretch with the same owners, or without one.',
    type: 'date',
    sql: { account_owner_span: 'owned_since' },
  },
  {
    id: 'owner_names',
    label: 'Owners',
    definition: 'Names of all owners over the span, in one text.',
    type: 'text',
    sql: { account_owner_span: "nullif(array_to_string(owner_names, ' and '), '')" },
  },
  {
    id: 'owners_before',
    label: 'Owners before',
    definition: 'Names of those who owned the customer last before, in one text.',
    type: 'text',
    sql: { account_owner_span: "array_to_string(names_before, ' and ')" },
  },
  text('influence', 'Influence', 'The buying-decision influence: tco, value_proposition, …', [
    'influence_span',
  ]),
  text('required_role', 'Required role', 'Who has to own the influence at the stage of that day.', [
    'influence_span',
  ]),
  {
    id: 'organisation_stage',
    label: 'Organisation stage',
    definition:
      'Product-Market Fit (1), Go-to-Market Fit (2), Ecosystem Fit (3), Solution Package (4), as configured for that day.',
    type: 'number',
    sql: { influence_span: 'stage' },
  },
];
