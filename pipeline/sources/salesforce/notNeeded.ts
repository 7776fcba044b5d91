import type { Source } from '../source.ts';
import { cpq, label } from './headers.ts';

const unneeded = (
  object: string,
  needs: Source['needs'],
  notNeeded: string,
  more: Pick<Partial<Source>, 'expects' | 'never'> = {},
): Source => ({ name: `Salesforce ${object}`, needs, expects: [], ...more, feeds: [], notNeeded });

/** Objects that come with every export of Salesforce and say nothing of discounts, deals or the people who make them. */
export const notNeeded: Source[] = [
  unneeded(
    'Lead',
    ['Id', ['IsConverted', 'ConvertedOpportunityId', 'ConvertedDate'], ['Company', 'Status', 'LastName']],
    'Leads are not deals yet. Their deals come with the export of Opportunity.',
  ),
  unneeded(
    'Contact',
    [
      'Id',
      'LastName',
      'AccountId',
      ['MailingCity', 'ReportsToId', 'LeadSource', 'Salutation', 'HasOptedOutOfEmail'],
    ],
    'Who the buyers are is told deal by deal: export OpportunityContactRole.',
    { never: ['UserRoleId', 'ProfileId', 'IsConverted', 'Alias'] },
  ),
  unneeded(
    'Task',
    ['Id', 'WhoId', 'WhatId', 'Subject', ['TaskSubtype', 'Priority', 'CallType']],
    'Calls and mails are no measure of selling here. Meetings on deals: holdfast template meeting.',
  ),
  unneeded(
    'Event',
    ['Id', 'WhoId', 'WhatId', 'Subject', ['StartDateTime', 'DurationInMinutes', 'EndDateTime']],
    'Calendars are not read. Meetings on deals, with how many took part: holdfast template meeting.',
  ),
  unneeded(
    'Order',
    [
      'Id',
      'AccountId',
      'OrderNumber',
      ['EffectiveDate', 'ActivatedDate'],
      ['Pricebook2Id', 'OwnerId', 'IsReductionOrder'],
    ],
    'An order repeats the deal that it came from. Deals come with Opportunity, bills with the billing system.',
  ),
  unneeded(
    'OrderItem',
    ['Id', 'OrderId', 'Quantity', ['UnitPrice', 'TotalPrice']],
    'Lines of orders repeat the lines of the deal, and counting both would double them: export OpportunityLineItem.',
    { never: ['OpportunityId'] },
  ),
  unneeded(
    'Contract',
    ['Id', 'AccountId', 'ContractNumber', ['ContractTerm', 'StartDate', 'EndDate']],
    'A contract names no product and no price. Its lines do: export SBQQ__Subscription__c, or the billing system.',
  ),
  unneeded(
    'Asset',
    ['Id', 'AccountId', ['InstallDate', 'UsageEndDate', 'SerialNumber'], ['Product2Id', 'Status']],
    "An asset's price is not told by period. What recurs comes with SBQQ__Subscription__c or the billing system.",
  ),
  unneeded(
    'Campaign',
    ['Id', 'Name', ['NumberOfLeads', 'NumberOfOpportunities', 'ActualCost', 'BudgetedCost']],
    'Campaigns say nothing of price. Where a deal came from is its LeadSource.',
    { never: ['StageName'] },
  ),
  unneeded(
    'CampaignMember',
    ['Id', 'CampaignId', ['LeadId', 'ContactId']],
    'Campaigns say nothing of price. Where a deal came from is its LeadSource.',
    { never: ['StageName'] },
  ),
  unneeded(
    'Period',
    ['Id', 'StartDate', 'EndDate', ['FiscalYearSettingsId', 'FullyQualifiedLabel', 'IsForecastPeriod']],
    'The fiscal calendar is set in holdfast.yaml. Forecasts name their period by Period.StartDate.',
  ),
  unneeded(
    'Pricebook2',
    ['Id', 'Name', 'IsStandard'],
    'A price book without its prices: export PricebookEntry.',
    { never: ['UnitPrice'] },
  ),
  unneeded(
    'RecordType',
    ['Id', 'Name', 'SobjectType'],
    'Record types lay out pages. A deal says what it is by its Type.',
  ),
  unneeded(
    'AccountHistory',
    [['AccountId', ...label('Account', 'Id')], 'Field', 'OldValue', 'NewValue'],
    'Changes of accounts are kept by loading the export of Account again; those of deals come with OpportunityFieldHistory.',
    { never: ['OpportunityId'] },
  ),
  unneeded(
    'list of fields',
    ['Label', 'Name', 'Type', 'ReferenceTo'],
    'This describes how Salesforce is set up, not what was sold.',
  ),
  unneeded(
    'CPQ quote line group',
    ['Id', cpq('Quote'), cpq('SubscriptionTerm'), ['SBQQ__ListTotal__c', 'SBQQ__NetTotal__c']],
    'Sums of quote lines, which are counted line by line.',
    { never: [...cpq('Product')] },
  ),
];
