import { alsoByName } from '../byName.ts';
import type { Source } from '../source.ts';
import { alive, prefixes, property } from './headers.ts';

const line = (...names: string[]) => property('line_item', ...names);
const lineId = ['line_item_id', 'lineItemId', ...line('hs_object_id'), 'Line Item ID', 'id', 'objectId'];
const dealIds = [
  ...['deal_id', ...line('deal').filter((name) => name !== 'deal'), 'associatedDealIds', 'deals'],
  'associations.deals.results.0.id',
];

const maybe = (spellings: string[]) => `{${spellings.join('|')}?}`;
const number = (name: string, type = 'decimal(18, 6)') => `try_cast(${maybe(line(name))} as ${type})`;

const price = number('price');
const quantity = `coalesce(${number('quantity', 'decimal(14, 4)')}, 1)`;
const discount = number('discount');
const list = `try_cast(${price} * ${quantity} as decimal(18, 4))`;

/**
 * What one billing period of the line costs. The amount itself says it; else what was taken off in all, else the
 * percentage. `discount` alone is money off each unit, unless the unit costs less than it: then it can only be percent.
 */
const net = `coalesce(
  ${number('amount')},
  ${number('hs_pre_discount_amount')} - ${number('hs_total_discount')},
  ${list} - ${number('hs_total_discount')},
  ${list} * (100 - ${number('hs_discount_percentage', 'decimal(9, 4)')}) * 0.01,
  case when ${discount} > ${price} and ${discount} <= 100 then ${list} * (100 - ${discount}::decimal(9, 4)) * 0.01
    else (${price} - coalesce(${discount}, 0)) * ${quantity} end)`;

const period = maybe(line('hs_recurring_billing_period'));
const part = (letter: string) =>
  `coalesce(try_cast(regexp_extract(${period}, '([0-9]+)${letter}', 1) as integer), 0)`;
const term = `coalesce(${number('hs_term_in_months', 'decimal(9, 2)')}, nullif(${part('Y')} * 12 + ${part('M')}, 0))`;
const frequency = maybe(line('recurringbillingfrequency', 'hs_recurring_billing_frequency'));
const monthsEach = `case regexp_replace(lower(${frequency}), '[^a-z]', '', 'g')
  when 'monthly' then 1 when 'quarterly' then 3 when 'persixmonths' then 6 when 'semiannually' then 6
  when 'annually' then 12 when 'annuallyyearly' then 12 when 'pertwoyears' then 24 when 'perthreeyears' then 36
  when 'perfouryears' then 48 when 'perfiveyears' then 60 end`;
/** How often a line is billed in its term; once where either is unknown. */
const billed = `coalesce((${term} / ${monthsEach})::decimal(9, 4), 1)`;

/** A billing period's amount for the whole term; nothing where no amount could be that large. */
const inTerm = (amount: string) => `try((try_cast(${amount} as decimal(18, 4)) * ${billed})::decimal(18, 4))`;

/**
 * The amount is of one billing period, unless it is more than the period costs before any discount and no more than the
 * whole term does: then it is the term's.
 */
const isOfTerm = `coalesce(${billed} > 1 and ${number('amount')} > ${list} and ${number('amount')}::double <= ${list}::double * ${billed}, false)`;
const netInTerm = `case when ${isOfTerm} then ${number('amount', 'decimal(18, 4)')} else ${inTerm(net)} end`;

/** HubSpot copies lines for each quote and each invoice; the deal's own are those that name the deal. */
const ofDeal = {
  sql: `${alive.sql} and nullif(regexp_extract({${dealIds.join('|')}}, '[0-9A-Za-z]+'), '') is not null`,
  reason: 'a copy of a line for a quote or an invoice, deleted or archived',
};

const needs = [
  lineId,
  line('quantity'),
  [...line('price'), ...line('amount')],
  [
    ...['hs_product_id', 'property_hs_product_id', 'properties_hs_product_id', 'product_id'],
    ...[
      'hs_line_item_currency_code',
      'Unit discount',
      'Unit price',
      'Net price',
      'hs_sku',
      'property_hs_sku',
    ],
  ],
];

export const lineItem: Source = {
  name: 'HubSpot line item',
  needs: [...needs, dealIds],
  expects: [
    line('name'),
    line('amount'),
    line('price'),
    line('discount', 'hs_discount_percentage', 'hs_total_discount'),
  ],
  never: ['invoice_id', 'invoice', 'subscription', 'OpportunityId', 'PricebookEntryId', 'order_id'],
  feeds: [
    {
      table: 'deal_line',
      where: ofDeal,
      columns: alsoByName(
        'deal_line',
        {
          deal_line_id: lineId,
          deal_id: {
            first: [],
            else: {
              sql: `nullif(regexp_extract({${dealIds.join('|')}}, '[0-9A-Za-z]+'), '')`,
              how: 'the associated deal',
            },
          },
          product_id: [...line('hs_product_id'), 'product_id', ...line('hs_sku'), ...line('name')],
          quantity: line('quantity'),
          price_period: { sql: `case ${monthsEach} when 1 then 'month' when 12 then 'year' end` },
          term_months: { sql: term },
          unit_list: line('price'),
          unit_cost: line('hs_cost_of_goods_sold'),
          list_amount: { sql: inTerm(list) },
          net_amount: { sql: `coalesce(${number('hs_tcv', 'decimal(18, 4)')}, ${netInTerm})` },
          service_from: line('hs_recurring_billing_start_date'),
          currency: line('hs_line_item_currency_code'),
        },
        prefixes,
      ),
    },
  ],
};

/** A connector's lines name no deal; which deal each belongs to stands in a table of links. */
export const lineItemWithoutDeal: Source = {
  ...lineItem,
  name: 'HubSpot line item, deals apart',
  needs,
  never: [...lineItem.never!, ...dealIds],
  feeds: lineItem.feeds.map((feed) => ({
    ...feed,
    where: alive,
    columns: {
      ...feed.columns,
      deal_id: {
        first: [],
        else: {
          sql: `'line item ' || {${lineId.join('|')}}`,
          how: 'by the export that links line items to deals',
        },
      },
    },
  })),
};

export const lineItemDeal: Source = {
  name: 'HubSpot deals of line items',
  needs: ['line_item_id', 'deal_id'],
  expects: ['type_id', 'category', '_fivetran_synced'],
  never: [...line('quantity'), ...line('price')],
  feeds: [
    {
      table: 'line_of_deal',
      where: alive,
      columns: { line_id: ['line_item_id'], deal_id: ['deal_id'] },
    },
  ],
};

export const product: Source = {
  name: 'HubSpot product',
  needs: [
    ['hs_object_id', 'id', 'product_id', 'Record ID', 'Product ID'],
    ['name', 'property_name', 'properties_name', 'Name'],
    ['price', 'property_price', 'properties_price', 'Unit price'],
    [
      'hs_sku',
      'property_hs_sku',
      'properties_hs_sku',
      'SKU',
      'hs_product_type',
      'property_hs_product_type',
      'Product type',
    ],
  ],
  expects: ['description', 'hs_cost_of_goods_sold', 'recurringbillingfrequency'],
  never: [...line('quantity'), 'ProductCode', 'currency', 'active', 'deal_id'],
  feeds: [
    {
      table: 'product',
      where: alive,
      columns: {
        product_id: ['product_id', 'hs_object_id', 'id', 'Record ID', 'Product ID'],
        code: ['hs_sku', 'property_hs_sku', 'properties_hs_sku', 'SKU'],
        name: ['name', 'property_name', 'properties_name', 'Name'],
        family: ['hs_product_type', 'property_hs_product_type', 'properties_hs_product_type', 'Product type'],
      },
    },
    {
      table: 'list_price',
      where: alive,
      columns: {
        product_id: ['product_id', 'hs_object_id', 'id', 'Record ID', 'Product ID'],
        unit_list: ['price', 'property_price', 'properties_price', 'Unit price'],
        unit_cost: line('hs_cost_of_goods_sold'),
      },
    },
  ],
};
