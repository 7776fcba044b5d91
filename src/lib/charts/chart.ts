import type { Table } from 'apache-arrow';
import type { charts } from './charts.ts';

/** A chart's columns: text is never missing, a number may be (null), a flag is yes or no. */
export type ColumnKind = 'text' | 'number' | 'flag';
export type Columns = Record<string, ColumnKind>;

type ValueOf<Kind extends ColumnKind> = Kind extends 'text'
  ? string
  : Kind extends 'flag'
    ? boolean
    : number | null;
export type RowOf<C extends Columns> = { [Name in keyof C]: ValueOf<C[Name]> };

export interface ChartOptions {
  /** The document to draw into; the browser's own when left out. */
  document?: Document;
  /** In CSS pixels. Each chart finds its height and layout by it. */
  width: number;
  /** ISO 4217 code; what a chart of money needs. */
  currency?: string;
  /** What the chart shows, for those who can't see it. */
  label?: string;
  /** Shows values where the pointer is; for the browser. */
  alive?: boolean;
}

export type Draw = (table: Table, options: ChartOptions) => Element;

export interface Chart<C extends Columns = Columns> {
  columns: C;
  draw: Draw;
}

export type ChartName = keyof typeof charts;
