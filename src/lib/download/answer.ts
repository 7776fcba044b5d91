/** What a column holds, and so how it is written. Rates and points are fractions: 0.183 is 18.3%. */
export type AnswerFormat =
  'text' | 'date' | 'money' | 'rate' | 'points' | 'count' | 'number' | 'days' | 'boolean';

export interface AnswerColumn {
  id: string;
  label: string;
  kind: 'dimension' | 'measure';
  format: AnswerFormat;
  /** A currency code, for money. */
  unit?: string;
}

export type AnswerValue = string | number | boolean | null;

/** What the semantic layer answers to one request. Dates are `YYYY-MM-DD`; a decimal may be text. */
export interface Answer {
  columns: AnswerColumn[];
  rows: Record<string, AnswerValue>[];
  build_id: string;
  /** How many facts the answer rests on. */
  n: number;
  /** The share of them, 0 to 1, for which what was asked is known. */
  coverage: number | null;
}
