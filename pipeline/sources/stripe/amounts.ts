import type { SourceColumn } from '../source.ts';

/** Stripe writes amounts in the currency's smallest unit, and some currencies have none; `text` is SQL. */
export const amountOf = (text: string, currency = '{currency}'): string =>
  `from_smallest_unit(${text}, ${currency})`;

/** An amount that stands under one of these headers (joined by `|`) in a row that names its currency. */
export const amount = (headers: string): SourceColumn => ({ sql: amountOf(`{${headers}}`) });

/** Unit prices may have parts of the smallest unit. */
export const priceOf = (text: string, currency = '{currency}'): string =>
  `(try_cast(${text} as decimal(30, 8)) * smallest_unit(${currency}))::decimal(18, 8)`;

export const number = (text: string): string => `try_cast(${text} as decimal(18, 4))`;

export const upperCurrency: SourceColumn = { sql: 'upper({currency})' };

/** What connectors mark as deleted at the source. */
export const alive = {
  sql: "coalesce(lower({is_deleted|deleted|_fivetran_deleted?}) not in ('true', '1'), true)",
  reason: 'deleted in Stripe',
};

const flat = (key: string) => [`metadata_${key}`, `metadata[${key}]`, `${key} (metadata)`];

/** How Stripe's CSV, Sigma and API name a value of a record's metadata. */
export const metadata = (...keys: string[]): string[] =>
  keys.flatMap((key) => [...flat(key), `metadata.${key}`]);

/** The first of several values of a record's metadata: where that is one object, each record has keys of its own. */
export const metadataOf = (...keys: string[]): SourceColumn => ({
  first: keys.flatMap(flat),
  else: {
    sql: `case when {metadata} is not null then coalesce(${keys.map((key) => `{metadata.${key}}`).join(', ')}) end`,
    how: `metadata: ${keys.join(', ')}`,
  },
});

/** The deal in the CRM, where whoever wrote the bill kept its id. */
export const dealId = metadataOf('opportunity_id', 'salesforce_opportunity_id', 'deal_id', 'hubspot_deal_id');
