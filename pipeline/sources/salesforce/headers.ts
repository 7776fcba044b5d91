import { headersOf, isClosedStage, isWonStage } from '../labels.ts';
import type { SourceColumn } from '../source.ts';

export const header = headersOf('salesforce');

/** Headers without the fields' own names of the API: what only a report writes. */
export const label = (object: string, field: string): string[] => header(object, field).slice(1);

/** External ids stand in for ids in data-loader files: `External_Id__c`, `Account.External_Id__c`. */
export const id = ['Id', 'External_Id__c'];

/** A field that points to another object, in every form in which exports name what it points to. */
export const reference = (field: string): string[] => [
  `${field}Id`,
  `${field}.Id`,
  `${field} ID`,
  `${field}.External_Id__c`,
];

/** A field of Salesforce CPQ: its own name, what connectors make of it, and its label. */
export const cpq = (name: string, ...labels: string[]): string[] => [
  `SBQQ__${name}__c`,
  `sbqq_${name}_c`,
  ...labels,
];

/** Connectors that keep every version of a record mark the one that holds now. */
export const isCurrent =
  "coalesce(lower({_fivetran_active?}) not in ('false', '0'), true) and coalesce(lower({_fivetran_deleted?}) not in ('true', '1'), true) and {_sdc_deleted_at|_ab_cdc_deleted_at?} is null";
export const alive = {
  sql: `coalesce(lower({IsDeleted?}) not in ('true', '1'), true) and ${isCurrent}`,
  reason: 'deleted or replaced in Salesforce',
};

const told = (field: string, optional = '') => `{${header('Opportunity', field).join('|')}${optional}}`;

const stage = told('StageName');
const categorySaid = `lower(trim({ForecastCategoryName|ForecastCategory|${label('Opportunity', 'ForecastCategoryName').join('|')}?}))`;
/** One of Salesforce's own words; in another language it says nothing here. */
const category = `case when ${categorySaid} in ('pipeline', 'best case', 'bestcase', 'most likely', 'mostlikely', 'commit', 'omitted', 'closed')
  then ${categorySaid} end`;
const probability = `try_cast(replace(${told('Probability', '?')}, '%', '') as double)`;

/**
 * What a deal came to, where its export doesn't say: by the words for won and lost that Salesforce comes with, and by the
 * forecast category, which is Closed for stages that win and for no others (Salesforce Help, "Opportunity Stages"). A
 * company's own stage at 100 or 0 percent may have ended the deal or not: that stays unknown, to be asked about.
 */
export const wonByStage = {
  sql: `case
    when ${isWonStage(stage)} or ${category} = 'closed' then 'true'
    when ${isClosedStage(stage)} then 'false'
    when ${category} is null and (lower(${told('IsClosed', '?')}) in ('true', '1', 'yes', 'x') or ${probability} = 100) then null
    else 'false' end`,
  how: "stage is 'Closed Won', or forecast category is Closed",
};
export const closedByStage = {
  sql: `case
    when ${isClosedStage(stage)} or ${category} = 'closed' then 'true'
    when ${category} = 'omitted' or (${category} is null and ${probability} in (0, 100)) then null
    else 'false' end`,
  how: "stage is 'Closed Won' or 'Closed Lost', or forecast category is Closed",
};

/** Ids of opportunities; a report that leaves them out tells deals apart by what it shows of them. */
export const dealId: SourceColumn = {
  first: [...header('Opportunity', 'Id').slice(1), 'Id', 'External_Id__c'],
  else: {
    sql: `concat_ws(' | ', ${told('Account.Name', '?')}, ${told('Name')}, coalesce(${told('CreatedDate', '?')}, ${told('CloseDate')}))`,
    how: 'account, name and date created, as there is no Opportunity ID',
    // Every row of such a report is an opportunity, or a line of one: rows that differ in these are two.
    apart: {
      by: `concat_ws(' | ', ${told('CloseDate')}, ${told('Owner.Name', '?')}, ${told('Type', '?')}, ${told('StageName', '?')},
        {${[...header('Opportunity', 'Amount'), 'Amount (converted)'].join('|')}?})`,
    },
  },
};
