import type { Source } from '../source.ts';
import { header, id, label, reference } from './headers.ts';

const deal = [...reference('Opportunity'), ...label('Opportunity', 'Id')];
const changedAt = ['CreatedDate', 'CreatedDate__c', 'Last Modified', 'Edit Date', 'Last Modified Date'];
const stage = ['StageName', 'StageName__c', 'To Stage', 'Stage'];

/** Each row is the deal as it stood from then on. */
export const opportunityHistory: Source = {
  name: 'Salesforce OpportunityHistory',
  needs: [
    deal,
    stage,
    changedAt,
    [
      'ForecastCategory',
      'ForecastCategory__c',
      'ExpectedRevenue',
      'Probability',
      'Probability (%)',
      'From Stage',
    ],
  ],
  expects: ['Amount', 'CloseDate', 'Probability', 'ExpectedRevenue'],
  never: [
    'AccountId',
    'NewValue',
    'SplitPercentage',
    'UnitPrice',
    ...header('OpportunityLineItem', 'TotalPrice'),
  ],
  feeds: [
    {
      table: 'deal_snapshot',
      columns: {
        deal_id: deal,
        snapshot_id: id,
        happened_at: { utc: changedAt },
        stage,
        amount: ['Amount', 'Amount__c'],
        closed_on: ['CloseDate', 'CloseDate__c', 'Close Date'],
        forecast_category: [
          'ForecastCategory',
          'ForecastCategory__c',
          'ForecastCategoryName',
          'Forecast Category',
        ],
        probability: ['Probability', 'Probability__c', 'Probability (%)'],
      },
    },
  ],
};

/** Fields of an opportunity whose changes we keep, by name and by label. */
const field = `case regexp_replace(lower({Field|Field / Event}), '[^a-z]', '', 'g')
  when 'stagename' then 'stage' when 'stage' then 'stage'
  when 'amount' then 'amount'
  when 'closedate' then 'closed_on'
  when 'forecastcategoryname' then 'forecast_category' when 'forecastcategory' then 'forecast_category'
  when 'probability' then 'probability'
  when 'owner' then 'owner' when 'ownerid' then 'owner' when 'opportunityowner' then 'owner' end`;

/** Days of a date with a time, numbers of an amount with its currency. */
const value = (which: string) => `case
  when lower({Field|Field / Event}) in ('closedate', 'close date') then regexp_extract({${which}}, '^[^T ]+')
  when lower({Field|Field / Event}) = 'amount' then replace(regexp_replace({${which}}, '^[A-Za-z]+ ', ''), ',', '')
  else {${which}} end`;

/** Salesforce keeps a change of owner twice, once by name and once by id; only ids join to people. */
const isOwnerName = `({CreatedDate?} is not null and lower({Field|Field / Event}) in ('owner', 'ownerid')
  and not regexp_matches(coalesce({NewValue|New Value}, {OldValue|Old Value}, ''), '^005[0-9A-Za-z]+$'))`;

export const fieldHistory: Source = {
  name: 'Salesforce OpportunityFieldHistory',
  needs: [
    deal,
    ['Field', 'Field / Event'],
    ['NewValue', 'New Value'],
    ['OldValue', 'Old Value'],
    ['CreatedDate', 'Edit Date'],
  ],
  expects: ['Id', 'CreatedById'],
  never: ['AccountId', 'LeadId', 'CaseId'],
  feeds: [
    {
      table: 'deal_event',
      where: {
        sql: `(${field}) is not null and not ${isOwnerName} and coalesce(lower({IsDeleted?}) not in ('true', '1'), true)`,
        reason: 'a change of a field that is not followed, or an owner by name beside the id',
      },
      columns: {
        deal_id: deal,
        happened_at: { utc: ['CreatedDate', 'Edit Date'] },
        field: { sql: `coalesce(${field}, {Field|Field / Event})` },
        old_value: { sql: value('OldValue|Old Value') },
        new_value: { sql: value('NewValue|New Value') },
      },
    },
  ],
};
