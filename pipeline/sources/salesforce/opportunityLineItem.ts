import { alsoByName } from '../byName.ts';
import type { Feed, Source, SourceColumn } from '../source.ts';
import { alive, dealId, header, id, label, reference } from './headers.ts';
import { closeDate, dealFeed, owner, stageName } from './opportunity.ts';

const line = (...fields: string[]) => header('OpportunityLineItem', ...fields);
const said = (field: string, optional = '') => `{${line(field).join('|')}${optional}}`;

const total = line('TotalPrice');
const price = line('UnitPrice');
const product = [
  ...['Product2Id', 'Product2.Id', 'PricebookEntry.Product2Id', 'PricebookEntry.Product2.Id'],
  ...['Product2.External_Id__c', 'PricebookEntry.Product2.External_Id__c'],
  ...label('OpportunityLineItem', 'Product2Id'),
  ...[
    'ProductCode',
    'Product2.ProductCode',
    'PricebookEntry.ProductCode',
    'PricebookEntry.Product2.ProductCode',
  ],
  ...label('OpportunityLineItem', 'ProductCode'),
];
/** An entry of the price book stands for its product, a product's name for itself. */
const productOrEntry = [
  ...product,
  ...['PricebookEntryId', 'PricebookEntry.Id', 'PricebookEntry.External_Id__c'],
  ...['PricebookEntry.Product2.Name', 'PricebookEntry.Name', ...line('Product2.Name')],
];

/**
 * Sales price × quantity less the discount in percent, in exact decimals. What can't be multiplied stays as it is
 * written, so that the row is rejected rather than loaded without its amount.
 */
const priceTimesQuantity = `coalesce(
  try(((try_cast(${said('UnitPrice')} as decimal(18, 8)) * try_cast(${said('Quantity')} as decimal(14, 4)))::decimal(22, 6)
    * (100 - coalesce(try_cast(${said('Discount', '?')} as decimal(7, 4)), 0)) * 0.01)::decimal(18, 4))::varchar,
  ${said('UnitPrice')} || ' × ' || ${said('Quantity')})`;

const columns: Record<string, SourceColumn> = {
  product_id: productOrEntry,
  quantity: line('Quantity'),
  unit_list: [...line('ListPrice'), 'PricebookEntry.UnitPrice'],
  net_amount: {
    first: total,
    else: { sql: priceTimesQuantity, how: 'sales price × quantity, less the discount' },
  },
  discount_percent: line('Discount'),
  service_from: line('ServiceDate'),
  currency: ['CurrencyIsoCode', 'Total Price Currency', 'Sales Price Currency'],
};

export const lineFeed: Feed = {
  table: 'deal_line',
  where: alive,
  columns: alsoByName('deal_line', {
    deal_line_id: [...label('OpportunityLineItem', 'Id'), 'Id', 'External_Id__c'],
    deal_id: [...reference('Opportunity'), ...label('Opportunity', 'Id')],
    ...columns,
  }),
};

export const lineItem: Source = {
  name: 'Salesforce OpportunityLineItem',
  needs: [
    [...reference('Opportunity'), ...label('Opportunity', 'Id')],
    line('Quantity'),
    [...total, ...price],
    [...productOrEntry, ...line('ListPrice')],
  ],
  expects: [
    [...id, ...label('OpportunityLineItem', 'Id')],
    ...[line('UnitPrice'), line('ListPrice'), line('TotalPrice'), line('Product2Id', 'ProductCode')],
    ['PricebookEntryId', 'Subtotal', 'ServiceDate', 'Discount'],
  ],
  never: ['QuoteId', 'OrderId', 'SBQQ__Quote__c'],
  feeds: [lineFeed],
};

const productSaid = `{${[...product, ...line('Product2.Name')].join('|')}?}`;

/** The report "Opportunities with Products": a row is a line, with its deal repeated on each. */
export const opportunityWithProducts: Source = {
  name: 'Salesforce report of opportunities with products',
  needs: [
    ['Id', ...label('Opportunity', 'Id'), ...header('Opportunity', 'Name')],
    stageName,
    closeDate,
    owner,
    [...total, ...price],
    line('Quantity'),
    [...product, ...line('Product2.Name')],
  ],
  expects: [],
  never: ['_fivetran_start', 'NewValue', 'QuoteId', 'SBQQ__Quote__c'],
  feeds: [
    {
      ...dealFeed,
      columns: Object.fromEntries(
        // What a report of lines calls currency, date and quantity is the line's.
        Object.entries(dealFeed.columns).filter(([name]) => !['price_book'].includes(name)),
      ),
    },
    {
      table: 'deal_line',
      // A report "with or without products" has rows of deals that have none: their amount stands for them.
      where: {
        sql: `${alive.sql} and coalesce(${productSaid}, ${said('TotalPrice', '?')}, ${said('UnitPrice', '?')}) is not null`,
        reason: 'a deal without products, or no longer in Salesforce',
      },
      columns: alsoByName('deal_line', {
        ...columns,
        deal_line_id: {
          first: label('OpportunityLineItem', 'Id'),
          else: {
            sql: `concat_ws(' | ', ${dealKey()}, {${[...product, ...line('Product2.Name')].join('|')}}, ${said('Quantity')},
              ${said('UnitPrice', '?')}, ${said('TotalPrice', '?')}, ${said('ServiceDate', '?')})`,
            how: 'deal, product, quantity, prices and date, as there is no Opportunity Product ID',
            // A row of such a report is a line, however like another it is.
            apart: 'each row',
          },
        },
        deal_id: dealId,
      }),
    },
  ],
};

function dealKey(): string {
  const told = (field: string) => `{${header('Opportunity', field).join('|')}?}`;
  return `coalesce({${label('Opportunity', 'Id').join('|')}?}, concat_ws(' | ', ${told('Account.Name')}, ${told('Name')}))`;
}
