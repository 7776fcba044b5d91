import {
  Bool,
  DateDay,
  Dictionary,
  Field,
  Float64,
  Int32,
  RecordBatch,
  Schema,
  Struct,
  Table,
  Utf8,
  makeData,
  tableToIPC,
  vectorFromArray,
  type DataType,
  type Vector,
} from 'apache-arrow';
import type { Answer, AnswerColumn, AnswerValue } from './answer.ts';
import { plainDecimal } from './decimal.ts';

/**
 * The answer as a table: text as dictionary, dates as days, numbers as doubles. What a column means stands
 * in its metadata (label, kind, format, unit), what the answer rests on in the schema's.
 */
export function toTable(answer: Answer): Table {
  const vectors = answer.columns.map((column) => vector(answer.rows, column));
  const fields = answer.columns.map((column, i) => field(column, vectors[i]!.type));
  const schema = new Schema(fields, aboutAnswer(answer));
  const children = vectors.map((column) => column.data[0]!);
  const data = makeData({ type: new Struct(fields), length: answer.rows.length, nullCount: 0, children });
  return new Table(schema, [new RecordBatch(schema, data)]);
}

/** The answer as an Arrow IPC file (Feather v2), as DuckDB, pandas, R and Arrow's own readers take it. */
export function toArrow(answer: Answer): Uint8Array {
  return tableToIPC(toTable(answer), 'file');
}

function vector(rows: Answer['rows'], column: AnswerColumn): Vector {
  const values = rows.map((row) => row[column.id] ?? null);
  switch (column.format) {
    case 'text':
      return vectorFromArray(values.map(asText), new Dictionary(new Utf8(), new Int32()));
    case 'date':
      return vectorFromArray(values.map(asDay), new DateDay());
    case 'boolean':
      return vectorFromArray(values.map(asBoolean), new Bool());
    default:
      return vectorFromArray(
        values.map((value) => asNumber(value, column)),
        new Float64(),
      );
  }
}

const asText = (value: AnswerValue) => (value === null ? null : String(value));
const asBoolean = (value: AnswerValue) => (typeof value === 'boolean' ? value : null);
const asDay = (value: AnswerValue) => (typeof value === 'string' ? new Date(`${value}T00:00:00Z`) : null);

function asNumber(value: AnswerValue, column: AnswerColumn): number | null {
  const decimal = plainDecimal(value, column);
  return decimal === null ? null : Number(decimal);
}

function field({ id, label, kind, format, unit }: AnswerColumn, type: DataType): Field {
  const meaning = Object.entries({ label, kind, format, unit }).filter(([, value]) => value !== undefined);
  return new Field(id, type, true, new Map(meaning as [string, string][]));
}

function aboutAnswer({ build_id, n, coverage }: Answer): Map<string, string> {
  const about = new Map([
    ['build_id', build_id],
    ['n', String(n)],
  ]);
  if (coverage !== null) about.set('coverage', String(coverage));
  return about;
}
