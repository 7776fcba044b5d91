import { alsoByName } from '../byName.ts';
import { isClosedStage, isWonStage } from '../labels.ts';
import type { Source } from '../source.ts';
import { alive, firstId, is, prefixes, property, said } from './headers.ts';

export const dealId = [...property('deal', 'hs_object_id'), 'deal_id', 'dealId', 'Deal ID', 'id', 'objectId'];
const stage = [...property('deal', 'dealstage'), 'deal_pipeline_stage_id', 'stage_id'];
const owner = [...property('deal', 'hubspot_owner_id'), 'owner_id'];

/** What a stage's word says; a stage that is named by a number says nothing without the export of stages. */
const byWord = (won: string, lost: string) => `case
  when ${isWonStage(said(stage))} then '${won}' when ${isClosedStage(said(stage))} then '${lost}'
  when not regexp_full_match(${said(stage)}, '[0-9]+|[0-9a-f]+-[0-9a-f-]+') then 'false' end`;

const closed = property('deal', 'hs_is_closed');
const won = property('deal', 'hs_is_closed_won');
const lost = property('deal', 'hs_is_closed_lost');

/** HubSpot's own marks, of which an export may hold some, go before the stage's word: a stage may be called anything. */
const isClosed = `case when ${is(won)} or ${is(lost)} then 'true' when not ${is(won)} and not ${is(lost)} then 'false'
  else ${byWord('true', 'true')} end`;
const isWon = `case when ${is(lost)} or not ${is(closed)} then 'false' when ${is(closed)} and not ${is(lost)} then 'true'
  else ${byWord('true', 'false')} end`;

const companyIds = [
  ...property('deal', 'company').filter((name) => name !== 'company'),
  'associatedCompanyIds',
  'associations__associatedcompanyids',
  'companies',
  'associations.companies.results.0.id',
];
const companyName = property('deal', 'company name').filter((name) => name !== 'company name');

/** Fivetran writes the instant of the close in UTC and says no zone, others say it. */
const closeDate = ['property_closedate'];

export const deal: Source = {
  name: 'HubSpot deal',
  needs: [
    dealId,
    property('deal', 'dealname'),
    [...stage, ...property('deal', 'pipeline'), 'deal_pipeline_id'],
  ],
  expects: [
    property('deal', 'amount'),
    property('deal', 'closedate'),
    owner,
    stage,
    property('deal', 'createdate'),
  ],
  never: [
    'StageName',
    'line_item_id',
    'hs_product_id',
    'quantity',
    'Opportunity Name',
    'ticket_id',
    'timestamp',
    'value',
  ],
  feeds: [
    {
      table: 'deal',
      where: alive,
      columns: alsoByName(
        'deal',
        {
          deal_id: dealId,
          name: property('deal', 'dealname'),
          account_id: {
            first: [],
            else: {
              sql: `coalesce(${firstId(companyIds, '?')}, {${companyName.join('|')}?},
                case when {${[...companyIds, ...companyName].join('|')}} is null then null end)`,
              how: 'the first associated company',
            },
          },
          owner_id: owner,
          type: property('deal', 'dealtype'),
          stage,
          forecast_category: property('deal', 'hs_manual_forecast_category', 'hs_forecast_category'),
          probability: {
            sql: `(try_cast(${said(property('deal', 'hs_deal_stage_probability', 'hs_forecast_probability'))} as double)
              * case when try_cast(${said(property('deal', 'hs_deal_stage_probability', 'hs_forecast_probability'))} as double) <= 1 then 100 else 1 end)::decimal(9, 4)`,
          },
          is_closed: {
            first: closed,
            else: { sql: isClosed, how: 'is closed won or lost, or its stage is' },
          },
          is_won: {
            first: won,
            else: { sql: isWon, how: 'is closed and not lost, or its stage is closed won' },
          },
          created_on: { utc: property('deal', 'createdate') },
          closed_on: { utc: [...closeDate, ...property('deal', 'closedate')] },
          currency: property('deal', 'deal_currency_code'),
          amount: property('deal', 'amount'),
          lost_reason: property('deal', 'closed_lost_reason').concat(
            'Closed Lost Reason',
            'Closed lost reason',
          ),
          lead_source: property('deal', 'hs_analytics_source').concat(
            'Original Source Type',
            'Original Traffic Source',
          ),
        },
        prefixes,
      ),
    },
    // Airbyte gives a deal the ids of its lines, which name no deal themselves.
    {
      table: 'line_of_deal',
      each: ['line_items'],
      where: alive,
      columns: { line_id: { sql: `trim({item}, '"')` }, deal_id: dealId },
    },
  ],
};

/** Links of deals and companies, where the deal's own export leaves them out. */
export const dealCompany: Source = {
  name: 'HubSpot companies of deals',
  needs: ['deal_id', 'company_id', ['type_id', 'category', '_fivetran_synced', 'association_type']],
  expects: ['type_id', 'category'],
  never: ['property_dealname', 'dealname', 'value'],
  feeds: [
    {
      table: 'deal_account',
      where: alive,
      columns: {
        deal_id: ['deal_id'],
        customer_id: ['company_id'],
        // HubSpot's own type of link from a deal to its primary company.
        is_primary: { first: ['is_primary'], else: { sql: "{type_id} = '5'", how: 'type_id is 5' } },
      },
    },
  ],
};

export const dealContact: Source = {
  name: 'HubSpot contacts of deals',
  needs: ['deal_id', 'contact_id', ['type_id', 'category', '_fivetran_synced', 'association_type']],
  expects: ['type_id', 'category'],
  never: ['property_dealname', 'value'],
  feeds: [
    {
      table: 'contact_role',
      where: alive,
      columns: { deal_id: ['deal_id'], contact_id: ['contact_id'], persona: ['label', 'association_label'] },
    },
  ],
};
