import type { DateOrder, DecimalMark } from '../configuration/configuration.ts';
import { sqlTypes, type ColumnType } from '../schema/canonical.ts';

/** A way of writing a value, and the SQL that reads it from a text expression. */
export interface Style {
  name: string;
  /** Makes a cell's text ready for `read`, where that takes more than the text as it is. */
  prepare?: (text: string) => string;
  read: (text: string) => string;
  /** What in the column's cells speaks for it, in plain words. */
  evidence?: string;
}

/** What the configuration answers where a column's cells leave it open. */
export interface StyleSettings {
  dateOrder?: DateOrder;
  decimalMark?: DecimalMark;
  percent?: 'points' | 'fraction';
  credits?: 'negative' | 'positive';
  currencySigns?: Record<string, string>;
  /** The reporting currency, which says what a sign of several means. */
  currency?: string;
}

/** The plain way of writing each type: what nearly every export uses, and the fastest to read. */
export function plainStyle(type: ColumnType): Style {
  switch (type) {
    case 'id':
    case 'text':
      return { name: 'text', read: (text) => text };
    case 'currency':
      return { name: 'currency code', read: (text) => `upper(trim(${text}))` };
    case 'boolean':
      return { name: 'yes or no', read: (text) => `truth(${text})` };
    case 'date':
    case 'instant':
      return { name: 'year-month-day', read: (text) => `${type}_iso(${text})` };
    case 'integer':
      // A cast rounds what is no whole number.
      return {
        name: 'whole number',
        read: (text) => `case when not contains(${text}, '.') then try_cast(${text} as bigint) end`,
      };
    default:
      return { name: 'decimal point', read: (text) => `try_cast(${text} as ${sqlTypes[type]})` };
  }
}
