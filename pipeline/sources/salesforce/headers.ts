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

const stage = `{${header('Opportunity', 'StageName').join('|')}}`;
export const wonByStage = { sql: isWonStage(stage), how: "stage is 'Closed Won'" };
export const closedByStage = { sql: isClosedStage(stage), how: "stage is 'Closed Won' or 'Closed Lost'" };

const told = (field: string, optional = '') => `{${header('Opportunity', field).join('|')}${optional}}`;

/** Ids of opportunities; a report that leaves them out tells deals apart by what it shows of them. */
export const dealId: SourceColumn = {
  first: [...header('Opportunity', 'Id').slice(1), 'Id', 'External_Id__c'],
  else: {
    sql: `concat_ws(' | ', ${told('Account.Name', '?')}, ${told('Name')}, coalesce(${told('CreatedDate', '?')}, ${told('CloseDate')}))`,
    how: 'account, name and date created, as there is no Opportunity ID',
  },
};
