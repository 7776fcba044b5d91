import { alsoByName } from '../byName.ts';
import type { Feed, Source } from '../source.ts';
import { alive, closedByStage, dealId, header, label, reference, wonByStage } from './headers.ts';

export const owner = [
  ...reference('Owner'),
  ...label('Opportunity', 'OwnerId'),
  ...header('Opportunity', 'Owner.Name'),
];
export const closeDate = header('Opportunity', 'CloseDate');
export const stageName = header('Opportunity', 'StageName');

/** Headers by which a row is a line of a deal, a change of one or a person on one, and not the deal itself. */
const another = [
  ...header('OpportunityLineItem', 'UnitPrice', 'TotalPrice', 'Product2Id', 'ListPrice'),
  ...['PricebookEntryId', 'PricebookEntry.External_Id__c', 'NewValue', 'From Stage', 'To Stage'],
  ...[
    'SplitOwnerId',
    'SplitPercentage',
    'Split (%)',
    'Split Owner',
    'TeamMemberRole',
    'Team Role',
    'Contact Role',
  ],
  ...['SBQQ__NetPrice__c', 'Quote Number', 'QuoteNumber', 'ExpirationDate'],
];

export const dealFeed: Feed = {
  table: 'deal',
  where: alive,
  columns: alsoByName('deal', {
    deal_id: dealId,
    name: header('Opportunity', 'Name'),
    account_id: [
      ...reference('Account'),
      ...label('Opportunity', 'AccountId'),
      ...header('Opportunity', 'Account.Name'),
    ],
    owner_id: owner,
    type: header('Opportunity', 'Type'),
    stage: stageName,
    forecast_category: [
      'ForecastCategoryName',
      'ForecastCategory',
      ...label('Opportunity', 'ForecastCategoryName'),
    ],
    probability: header('Opportunity', 'Probability'),
    is_closed: { first: header('Opportunity', 'IsClosed'), else: closedByStage },
    is_won: { first: header('Opportunity', 'IsWon'), else: wonByStage },
    created_on: { utc: [...header('Opportunity', 'CreatedDate'), 'DateTimeCreated__c'] },
    closed_on: closeDate,
    currency: [...header('Opportunity', 'CurrencyIsoCode'), 'Amount (converted) Currency'],
    amount: [...header('Opportunity', 'Amount'), 'Amount (converted)'],
    price_book: header('Opportunity', 'Pricebook2Id'),
    lead_source: header('Opportunity', 'LeadSource'),
    lost_reason: [
      'Loss_Reason__c',
      'Lost_Reason__c',
      'Closed_Lost_Reason__c',
      'Loss Reason',
      'Closed Lost Reason',
    ],
  }),
};

const needs = [
  ['Id', 'External_Id__c', ...label('Opportunity', 'Id'), ...header('Opportunity', 'Name')],
  stageName,
  closeDate,
  owner,
];
const expects = [
  ...[
    header('Opportunity', 'AccountId', 'Account.Name'),
    ...['Name', 'Amount', 'Type'].map((f) => header('Opportunity', f)),
  ],
  ...[header('Opportunity', 'IsClosed', 'CreatedDate'), header('Opportunity', 'IsWon', 'LeadSource')],
  ...[header('Opportunity', 'ForecastCategoryName', 'Probability')],
];

export const opportunity: Source = {
  name: 'Salesforce Opportunity',
  needs,
  expects,
  never: [...another, '_fivetran_start', 'dealname', 'Deal Name'],
  feeds: [dealFeed],
};

/** What a connector makes of opportunities when it keeps every version of each. */
export const opportunityVersions: Source = {
  name: 'Salesforce Opportunity, every version',
  needs: [...needs, '_fivetran_start'],
  expects: [...expects, '_fivetran_end', '_fivetran_active'],
  never: another,
  feeds: [
    dealFeed,
    {
      table: 'deal_snapshot',
      where: {
        sql: "coalesce(lower({IsDeleted?}) not in ('true', '1'), true)",
        reason: 'deleted in Salesforce',
      },
      columns: {
        deal_id: dealId,
        happened_at: { utc: ['_fivetran_start'] },
        stage: stageName,
        amount: ['Amount'],
        closed_on: closeDate,
        forecast_category: ['ForecastCategoryName', 'ForecastCategory'],
        probability: ['Probability'],
        owner_id: owner,
      },
    },
  ],
};
