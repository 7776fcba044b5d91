import type { DuckDBConnection } from '@duckdb/node-api';
import { Question } from '../problem.ts';
import type { CanonicalTable } from '../schema/canonical.ts';
import { currencyFromCells } from './cellCurrency.ts';
import type { Style, StyleSettings } from './columnStyle.ts';
import { decideDateStyle } from './dateStyle.ts';
import { decideNumberStyle } from './numberStyle.ts';
import { decidePercent } from './percentStyle.ts';
import { isNumeric, type Cell, type RowCheck } from './stagingSql.ts';

/** Truths in other words than the plain ones: of seven languages, ticks and crosses. */
const truths: Style = {
  name: 'yes or no',
  prepare: (text) => `value_said(${text})`,
  read: (text) => `truth_said(${text})`,
};

async function styleOf(
  connection: DuckDBConnection,
  relation: string,
  cell: Cell,
  settings: StyleSettings,
): Promise<Style> {
  const { type } = cell;
  const column = { text: cell.expression, header: cell.source };
  if (type === 'date' || type === 'instant')
    return decideDateStyle(connection, relation, { ...column, type }, settings);
  if (isNumeric(type)) return decideNumberStyle(connection, relation, { ...column, type }, settings);
  return type === 'boolean' ? truths : cell.style;
}

/**
 * Gives each undecided column the way of writing that all of its cells speak for, and the row the currency that its
 * cells tell. Returns the checks by which a row contradicts itself. Throws the first question it can't settle.
 */
export async function decideStyles(
  connection: DuckDBConnection,
  relation: string,
  table: CanonicalTable,
  cells: Cell[],
  undecided: Set<string>,
  settings: StyleSettings,
): Promise<RowCheck[]> {
  const questions: Question[] = [];
  for (const cell of cells) {
    if (!undecided.has(cell.target)) continue;
    try {
      cell.style = await styleOf(connection, relation, cell, settings);
      if (cell.style.prepare) cell.text = cell.style.prepare(cell.expression);
    } catch (error) {
      if (!(error instanceof Question)) throw error;
      questions.push(error);
    }
  }
  raise(questions);
  return currencyFromCells(connection, relation, table, cells, undecided, settings);
}

/** All that is open in one file is asked at once, so that nobody answers one question to get the next. */
function raise(questions: Question[]): void {
  const [first, ...others] = questions;
  if (!first) return;
  const asked = new Set([first.whatToDo, ...others.map(({ whatToDo }) => whatToDo)]);
  throw new Question([first, ...others].map(({ message }) => message).join(' '), [...asked].join(' '));
}

/** Settles what the percent columns of a staging table mean. Returns whether any has to be read otherwise. */
export async function decidePercents(
  connection: DuckDBConnection,
  staging: string,
  relation: string,
  cells: Cell[],
  settings: StyleSettings,
): Promise<boolean> {
  let changed = false;
  const questions: Question[] = [];
  for (const cell of cells.filter(({ type }) => type === 'percent')) {
    try {
      const style = await decidePercent(connection, staging, relation, cell, cells, settings);
      changed ||= style.name !== cell.style.name;
      cell.style = style;
    } catch (error) {
      if (!(error instanceof Question)) throw error;
      questions.push(error);
    }
  }
  raise(questions);
  return changed;
}
