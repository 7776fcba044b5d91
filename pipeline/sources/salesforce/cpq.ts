import type { Source } from '../source.ts';
import { alive, cpq, id, reference } from './headers.ts';

const said = (...spellings: string[]) => `{${spellings.join('|')}}`;
const maybe = (...spellings: string[]) => `{${spellings.join('|')}?}`;
const yes = (text: string) => `coalesce(lower(${text}) in ('true', '1'), false)`;
const number = (text: string, type = 'decimal(18, 8)') => `try_cast(${text} as ${type})`;

const quoteId = [...cpq('Quote', 'Quote', 'Quote ID'), 'SBQQ__Quote__r.Id'];
const opportunityId = [...cpq('Opportunity2', 'Opportunity ID'), 'SBQQ__Opportunity2__r.Id'];

export const cpqQuote: Source = {
  name: 'Salesforce CPQ quote',
  needs: [['Id', 'Quote ID'], opportunityId, cpq('Primary', 'Primary')],
  expects: ['SBQQ__Primary__c', 'SBQQ__Status__c', 'SBQQ__Account__c', 'SBQQ__NetAmount__c', 'Name'],
  never: [...cpq('Product'), ...cpq('NetPrice')],
  feeds: [
    {
      table: 'quote',
      where: alive,
      columns: {
        quote_id: ['Id', 'Quote ID'],
        deal_id: opportunityId,
        quoted_on: [...cpq('QuoteDate'), 'SBQQ__StartDate__c', 'CreatedDate'],
        // The primary quote is the one that the opportunity's amount comes from.
        is_accepted: cpq('Primary', 'Primary'),
        currency: ['CurrencyIsoCode'],
      },
    },
  ],
};

const quantity = `coalesce(${number(maybe(...cpq('EffectiveQuantity')), 'decimal(14, 4)')}, ${number(said(...cpq('Quantity')), 'decimal(14, 4)')})`;
const prorated = `coalesce(${number(maybe(...cpq('ProratedListPrice')))},
  (${number(maybe(...cpq('ListPrice', 'List Unit Price')))} * coalesce(${number(maybe(...cpq('ProrateMultiplier')), 'decimal(9, 6)')}, 1))::decimal(18, 8))`;
const start = [...cpq('EffectiveStartDate'), ...cpq('StartDate', 'Start Date')];
const end = [...cpq('EffectiveEndDate'), ...cpq('EndDate', 'End Date')];

/** What the price was cut by, where one kind of discount stands alone on the line. */
const kind = `case
  when coalesce(${number(maybe(...cpq('PartnerDiscount')))}, ${number(maybe(...cpq('DistributorDiscount')))}, 0) <> 0
    and coalesce(${number(maybe(...cpq('AdditionalDiscount')))}, ${number(maybe(...cpq('Discount')))}, 0) = 0 then 'channel'
  when coalesce(${number(maybe(...cpq('AdditionalDiscount')))}, ${number(maybe(...cpq('Discount')))}, 0) <> 0 then 'discretionary'
  when coalesce(${number(maybe(...cpq('VolumeDiscount')))}, 0) <> 0 then 'volume' end`;

/** A line that comes with its bundle has a list price and costs nothing: no discount, the bundle's price holds it. */
const isBundled = yes(maybe(...cpq('Bundled', 'Bundled')));
const listTotal = `case when not ${isBundled} then try((${prorated} * ${quantity})::decimal(18, 4)) end`;
const segmentStart = `case when ${maybe(...cpq('SegmentKey'))} is not null then ${said(...start)} end`;

/** Lines that the customer may take later are no part of the offer's amount, and neither are descriptions. */
const counted = {
  sql: `${alive.sql} and not ${yes(maybe(...cpq('Optional')))} and ${said(...cpq('Product'))} is not null`,
  reason: 'an optional line, or one without product',
};

export const cpqQuoteLine: Source = {
  name: 'Salesforce CPQ quote line',
  needs: [
    quoteId,
    cpq('Product', 'Product'),
    cpq('Quantity', 'Quantity'),
    [
      ...cpq('NetPrice', 'Net Unit Price'),
      ...cpq('NetTotal', 'Net Total'),
      ...cpq('CustomerPrice', 'Customer Unit Price'),
    ],
  ],
  expects: ['Id', 'SBQQ__ListPrice__c', 'SBQQ__CustomerPrice__c', 'SBQQ__NetPrice__c', 'SBQQ__NetTotal__c'],
  feeds: [
    {
      table: 'quote_line',
      where: counted,
      columns: {
        quote_line_id: ['Id', 'Line Item ID', 'Quote Line ID'],
        quote_id: quoteId,
        product_id: cpq('Product', 'Product'),
        quantity: { sql: quantity },
        unit_list: {
          sql: `case when not ${isBundled} then ${said(...cpq('ListPrice', 'List Unit Price'))} end`,
        },
        // After the partner's share of the discount, which the customer's price leaves out.
        unit_net: [...cpq('NetPrice', 'Net Unit Price'), ...cpq('CustomerPrice', 'Customer Unit Price')],
        list_amount: { sql: listTotal },
        net_amount: cpq('NetTotal', 'Net Total'),
        discount_kind: { sql: kind },
        parent_line_id: cpq('RequiredBy', 'Required By'),
        period_start: start,
        period_end: { sql: `(try_cast(left(${said(...end)}, 10) as date) + 1)` },
      },
    },
    {
      table: 'deal_line_period',
      where: {
        sql: `${counted.sql} and ${maybe(...cpq('SegmentKey'))} is not null`,
        reason: 'a line without segments',
      },
      columns: {
        deal_line_id: ['Id', 'Line Item ID', 'Quote Line ID'],
        period_start: { sql: segmentStart },
        period_end: { sql: `(try_cast(left(${said(...end)}, 10) as date) + 1)` },
        list_amount: { sql: listTotal },
        net_amount: cpq('NetTotal', 'Net Total'),
      },
    },
  ],
};

/** A month's price of a contract's line: its price for the whole term, spread over the months of the term. */
const months = `(datediff('month', try_cast(left(${said(...cpq('SubscriptionStartDate'))}, 10) as date), try_cast(left(${said(...cpq('SubscriptionEndDate'))}, 10) as date) + 1))`;
const aMonth = (price: string) =>
  `try((${number(price)} * ${number(said(...cpq('Quantity')), 'decimal(14, 4)')} / nullif(${months}, 0))::decimal(18, 4))`;

export const cpqSubscription: Source = {
  name: 'Salesforce CPQ subscription',
  needs: [
    'Id',
    cpq('Product'),
    [...cpq('Contract'), ...cpq('Account')],
    cpq('Quantity'),
    cpq('SubscriptionStartDate'),
  ],
  expects: ['SBQQ__NetPrice__c', 'SBQQ__ListPrice__c', 'SBQQ__SubscriptionEndDate__c', 'SBQQ__QuoteLine__c'],
  never: cpq('Quote'),
  feeds: [
    {
      table: 'subscription',
      where: alive,
      columns: {
        subscription_id: id,
        account_id: cpq('Account'),
        product_id: cpq('Product'),
        deal_line_id: [...reference('SBQQ__OrderProduct'), ...cpq('QuoteLine')],
        renews_subscription_id: cpq('RevisedSubscription'),
        started_on: cpq('SubscriptionStartDate'),
        ended_on: { first: cpq('TerminatedDate'), else: { sql: 'null', how: 'nothing' } },
        renewal_due_on: { sql: `(try_cast(left(${said(...cpq('SubscriptionEndDate'))}, 10) as date) + 1)` },
        quantity: cpq('Quantity'),
        currency: ['CurrencyIsoCode'],
        monthly_list: { sql: aMonth(said(...cpq('ListPrice'))) },
        monthly_net: { sql: aMonth(said(...cpq('NetPrice'))) },
      },
    },
  ],
};

export const quote: Source = {
  name: 'Salesforce Quote',
  needs: ['Id', ['OpportunityId'], ['QuoteNumber', 'ExpirationDate', 'IsSyncing']],
  expects: ['Name', 'Status', 'IsSyncing', 'GrandTotal', 'TotalPrice'],
  never: ['Product2Id', 'QuoteId'],
  feeds: [
    {
      table: 'quote',
      where: alive,
      columns: {
        quote_id: id,
        deal_id: ['OpportunityId'],
        quoted_on: ['CreatedDate'],
        is_accepted: {
          first: ['IsSyncing'],
          else: { sql: "lower({Status}) = 'accepted'", how: "status is 'Accepted'" },
        },
        currency: ['CurrencyIsoCode'],
      },
    },
  ],
};

export const quoteLine: Source = {
  name: 'Salesforce QuoteLineItem',
  needs: ['Id', 'QuoteId', 'Quantity', ['UnitPrice', 'TotalPrice'], ['Product2Id', 'PricebookEntryId']],
  expects: ['ListPrice', 'Discount', 'Subtotal', 'TotalPrice'],
  never: ['OpportunityId', 'OrderId'],
  feeds: [
    {
      table: 'quote_line',
      where: alive,
      columns: {
        quote_line_id: id,
        quote_id: ['QuoteId'],
        product_id: ['Product2Id', 'PricebookEntry.Product2Id', 'PricebookEntryId'],
        quantity: ['Quantity'],
        unit_list: ['ListPrice', 'PricebookEntry.UnitPrice'],
        unit_net: ['UnitPrice'],
        net_amount: ['TotalPrice'],
        period_start: ['ServiceDate'],
      },
    },
  ],
};
