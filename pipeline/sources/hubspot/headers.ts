import { headersOf } from '../labels.ts';

const labelled = headersOf('hubspot');

/**
 * Properties of an object as exports name them: by the API, with the prefixes of Fivetran (`property_dealname`), Airbyte
 * (`properties_dealname`) and Stitch (`property_dealname__value`), and by the labels of HubSpot's own pages.
 */
export function property(object: string, ...names: string[]): string[] {
  return names.flatMap((name) => [
    ...connected(name),
    ...labelled(object, name).filter((spelling) => spelling !== name),
  ]);
}

/** The same without labels. */
export const connected = (name: string): string[] => [
  name,
  `property_${name}`,
  `properties_${name}`,
  `property_${name}__value`,
  `properties__${name}__value`,
];

/** Prefixes under which a company's own properties stand. */
export const prefixes = ['', 'property_', 'properties_'];

export const alive = {
  sql: "coalesce(lower({is_deleted|isDeleted|_fivetran_deleted?}) not in ('true', '1'), true) and coalesce(lower({archived|Archived?}) not in ('true', '1'), true) and coalesce(lower({_fivetran_active?}) not in ('false', '0'), true)",
  reason: 'deleted, archived or replaced in HubSpot',
};

/** The cell under the first of these headers that is there, for SQL. */
export const said = (spellings: string[]): string => `{${spellings.join('|')}}`;

/** Whether that cell says yes; nothing where there is no such header. */
export const is = (spellings: string[]): string => `lower({${spellings.join('|')}?}) in ('true', 'yes', '1')`;

/** The first id of a list of them: `123;456`, `["123"]`. */
export const firstId = (spellings: string[], optional = '') =>
  `nullif(regexp_extract({${spellings.join('|')}${optional}}, '[0-9]+'), '')`;
