import { alsoByName } from '../byName.ts';
import type { Source } from '../source.ts';
import { alive, header, id, label } from './headers.ts';

const product2 = [
  ...[
    'Product2Id',
    'Product2.Id',
    'Product2.External_Id__c',
    ...label('Product2', 'Id'),
    'Product2.ProductCode',
  ],
];
const book = [
  'Pricebook2Id',
  'Pricebook2.Name',
  'Pricebook2.External_Id__c',
  'Price Book',
  'Price Book Name',
  'Price Book ID',
];
const entry = ['Id', 'External_Id__c', 'Price Book Entry ID'];

export const priceBookEntry: Source = {
  name: 'Salesforce PricebookEntry',
  needs: [product2, ['UnitPrice', 'List Price'], book],
  expects: ['Id', 'IsActive', 'CurrencyIsoCode'],
  never: ['OpportunityId', 'QuoteId', 'OrderId', 'Quantity'],
  feeds: [
    {
      table: 'list_price',
      where: {
        sql: `${alive.sql} and coalesce(lower({IsActive|Active?}) not in ('false', '0'), true)`,
        reason: 'price book entry not active, deleted or replaced',
      },
      columns: alsoByName('list_price', {
        product_id: product2,
        price_book: book,
        currency: ['CurrencyIsoCode', 'List Price Currency', 'Currency'],
        unit_list: ['UnitPrice', 'List Price'],
      }),
    },
    {
      // Lines may name the entry alone; entries that are not active any more stand on old lines.
      table: 'named_id',
      columns: {
        id: entry,
        name: product2,
        kind: { sql: `case when {${entry.join('|')}} is not null then 'price book entry' end` },
      },
    },
  ],
};

export const product: Source = {
  name: 'Salesforce Product2',
  needs: [
    ['Id', 'External_Id__c', ...label('Product2', 'Id')],
    header('Product2', 'Name'),
    header('Product2', 'ProductCode'),
    [...header('Product2', 'Family'), 'StockKeepingUnit', 'QuantityUnitOfMeasure'],
  ],
  expects: ['IsActive', 'Description', 'Family'],
  never: ['OpportunityId', 'QuoteId', 'Quantity'],
  feeds: [
    {
      table: 'product',
      where: alive,
      columns: alsoByName('product', {
        product_id: [...id, ...label('Product2', 'Id')],
        code: header('Product2', 'ProductCode'),
        name: header('Product2', 'Name'),
        family: header('Product2', 'Family'),
      }),
    },
  ],
};
