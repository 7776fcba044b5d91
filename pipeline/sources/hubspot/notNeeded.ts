import type { Source } from '../source.ts';
import { connected } from './headers.ts';

const unneeded = (
  object: string,
  needs: Source['needs'],
  notNeeded: string,
  more: Pick<Partial<Source>, 'expects' | 'never' | 'only'> = {},
): Source => ({ name: `HubSpot ${object}`, needs, expects: [], ...more, feeds: [], notNeeded });

const marketing = 'Marketing lists and forms say nothing of deals or their prices.';
const settings = 'This describes how HubSpot is set up, not what was sold.';
const teams = 'Where people stand is told by a table of their own: holdfast template person_assignment.';

/** Tables that a connector or an export of HubSpot brings along. */
export const notNeeded: Source[] = [
  unneeded(
    'contact',
    [
      ['id', 'vid', 'hs_object_id', 'Record ID', 'contact_id', 'canonical_vid'],
      [...connected('firstname'), 'First Name'],
      [...connected('lastname'), 'Last Name'],
      [...connected('email'), 'Email'],
      [
        'property_email',
        'vid',
        'hs_object_id',
        'lifecyclestage',
        'Record ID',
        'property_createdate',
        'Lifecycle Stage',
      ],
    ],
    'Who the buyers on a deal are is told by the export that links contacts to deals.',
    {
      never: [
        'owner_id',
        'primary_team_id',
        'userId',
        'ManagerId',
        'UserRoleId',
        'active_user_id',
        'Username',
        'Alias',
      ],
    },
  ),
  unneeded('contact list', ['id', 'name', ['processing_type', 'list_version', 'object_type_id']], marketing),
  unneeded('contact list member', ['contact_id', 'contact_list_id'], marketing),
  unneeded('form submission', ['form_id', 'conversion_id', 'contact_id'], marketing),
  unneeded(
    'merged contacts',
    ['canonical_vid', 'vid_to_merge'],
    'Contacts are not read, so neither is which of them were merged.',
  ),
  unneeded(
    'merged deals',
    ['deal_id', 'merged_deal_id'],
    'HubSpot has taken the merged deals out of its export of deals already.',
  ),
  unneeded(
    'history of companies',
    ['company_id', 'name', 'value', 'timestamp'],
    'Changes of companies are kept by loading the export of companies again.',
  ),
  unneeded(
    'history of contacts',
    ['contact_id', 'name', 'value', 'timestamp'],
    'Contacts are not read, so neither are their changes.',
  ),
  unneeded(
    'pipeline',
    ['pipeline_id', 'label', 'display_order'],
    'What the stages of a pipeline mean is told by the export of its stages.',
    { never: ['stage_id', 'probability', 'stages'] },
  ),
  unneeded('property', ['name', 'label', 'group_name', 'field_type'], settings),
  unneeded('property option', ['label', 'value', 'property_id'], settings),
  unneeded('role', ['id', 'name', 'requires_billing_write'], settings),
  unneeded('teams of owners', ['owner_id', 'team_id'], teams, { never: ['email', 'dealname'] }),
  unneeded('teams of users', ['user_id', 'team_id', ['is_secondary_user', '_fivetran_synced']], teams, {
    never: ['email'],
  }),
  unneeded(
    'user',
    ['id', 'email', ['primary_team_id', 'role_id'], ['first_name', 'firstName']],
    'Deals name their owners, not users: export the owners.',
    { never: ['owner_id', 'UserRoleId'] },
  ),
  unneeded(
    'list of names',
    ['id', 'name', '_fivetran_synced'],
    'A list of ids and names does not say what it lists. Teams: holdfast template person_assignment.',
    { only: true, expects: ['_fivetran_deleted'] },
  ),
  unneeded(
    'ticket',
    [
      ['id', 'hs_object_id', 'ticket_id', 'Ticket ID', 'Record ID'],
      [...connected('hs_ticket_priority'), 'hs_pipeline_stage', 'property_hs_pipeline_stage', 'Ticket name'],
    ],
    'Tickets of the service desk say nothing of deals or their prices.',
    { never: ['dealname', 'property_dealname', 'Deal Name'] },
  ),
  unneeded(
    'engagement',
    [
      ['id', 'engagement_id'],
      ['engagement_type', 'hs_engagement_type', 'portal_id'],
      ['activity_type', 'type', 'hs_timestamp', 'timestamp'],
    ],
    'Calls and mails are no measure of selling here. Meetings on deals: holdfast template meeting.',
    { never: ['deal_id', 'email', 'contact_id', 'form_id'] },
  ),
];
