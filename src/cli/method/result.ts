import { decimal } from '../../lib/design/formats.ts';
import type { RoleTable } from './roles.ts';

export interface Section {
  title: string;
  head: string[];
  rows: string[][];
}

/** What a method found, for machines (`facts`) and for people. */
export interface Result {
  estimate: number | null;
  low: number | null;
  high: number | null;
  /** What the estimate is, in words. */
  what: string;
  n: number;
  /** What is counted, in words. */
  of: string;
  /** "cannot tell" where that is the answer, or what can be said. */
  answer: string;
  warnings: string[];
  facts: Record<string, unknown>;
  sections: Section[];
}

export interface Method<Options = object> {
  name: string;
  summary: string;
  source: string;
  roles: { name: string; about: string; optional?: boolean }[];
  example: string;
  run: (table: RoleTable, options: Options) => Result;
}

/** A number for people: four decimals where small, two where large; a dash where there is none. */
export function figure(value: number | null | undefined): string {
  if (value == null || !Number.isFinite(value)) return '–';
  const digits = Math.abs(value) < 100 ? 4 : 2;
  return decimal(value, digits);
}

/** "low to high", or a dash. */
export const interval = (low: number | null | undefined, high: number | null | undefined) =>
  low == null || high == null ? '–' : `${figure(low)} to ${figure(high)}`;
