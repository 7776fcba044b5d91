import { readFileSync } from 'node:fs';
import { LineCounter, isMap, isScalar, isSeq, parseDocument, type Node, type YAMLMap } from 'yaml';
import { Problem } from '../problem.ts';
import { canonicalTable, canonicalTables } from '../schema/canonical.ts';
import {
  defaults,
  weekdays,
  type Configuration,
  type FileMapping,
  type FileSettings,
  type Writing,
} from './configuration.ts';
import { yearOfFirstDay } from './firstDay.ts';
import type { ColumnMapping, LookupStep } from './mapping.ts';

const dealTypes = ['new', 'renewal', 'upsell', 'cross_sell'];

/** A YAML value that knows its line, so that every complaint names it. */
class Setting {
  private readonly node: unknown;
  private readonly key: string;
  private readonly context: { file: string; lines: LineCounter };

  constructor(node: unknown, key: string, context: { file: string; lines: LineCounter }) {
    this.node = node;
    this.key = key;
    this.context = context;
  }

  get line(): number {
    const range = (this.node as Node | null)?.range;
    return range ? this.context.lines.linePos(range[0]).line : 1;
  }

  wrong(expected: string): Problem {
    const got = isScalar(this.node) ? JSON.stringify(this.node.value) : 'something else';
    return new Problem(
      `"${this.key}" must be ${expected}, not ${got}.`,
      'Correct that line of the configuration.',
      { file: this.context.file, line: this.line },
    );
  }

  text(): string {
    const value = this.scalar();
    if (typeof value !== 'string' || value === '') throw this.wrong('a text');
    return value;
  }

  oneOf<Choice extends string>(...choices: Choice[]): Choice {
    const value = this.scalar();
    if (!choices.includes(value as Choice)) throw this.wrong(`one of ${choices.join(', ')}`);
    return value as Choice;
  }

  number(from: number, to: number): number {
    const value = this.scalar();
    if (typeof value !== 'number' || !(value >= from && value <= to))
      throw this.wrong(`a number from ${from} to ${to}`);
    return value;
  }

  integer(from: number, to: number): number {
    const value = this.number(from, to);
    if (!Number.isInteger(value)) throw this.wrong(`a whole number from ${from} to ${to}`);
    return value;
  }

  boolean(): boolean {
    const value = this.scalar();
    if (typeof value !== 'boolean') throw this.wrong('true or false');
    return value;
  }

  date(): string {
    const value = this.scalar();
    if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}/.test(value) || Number.isNaN(Date.parse(value)))
      throw this.wrong('a date like 2026-11-21');
    return value;
  }

  list(): Setting[] {
    if (!isSeq(this.node)) throw this.wrong('a list');
    return this.node.items.map((item, index) => new Setting(item, `${this.key}[${index}]`, this.context));
  }

  /** The parts of a map; a key that is not among `known` is an error on its own line. */
  parts(known?: readonly string[]): Map<string, Setting> {
    if (!isMap(this.node)) throw this.wrong('a list of "name: value" lines');
    const parts = new Map<string, Setting>();
    for (const pair of (this.node as YAMLMap<Node, Node | null>).items) {
      const name = String(isScalar(pair.key) ? pair.key.value : pair.key);
      const setting = new Setting(pair.value ?? pair.key, name, this.context);
      if (known && !known.includes(name)) {
        throw new Problem(
          `"${name}" is not a setting Holdfast knows${this.key ? ` in "${this.key}"` : ''}.`,
          `Known here: ${known.join(', ')}.`,
          { file: this.context.file, line: new Setting(pair.key, name, this.context).line },
        );
      }
      parts.set(name, setting);
    }
    return parts;
  }

  isText(): boolean {
    return isScalar(this.node) && typeof this.node.value === 'string';
  }

  private scalar(): unknown {
    return isScalar(this.node) ? this.node.value : undefined;
  }
}

function currencyOf(setting: Setting): string {
  const code = setting.text();
  if (!/^[A-Z]{3}$/.test(code)) throw setting.wrong('an ISO 4217 code such as USD');
  return code;
}

function timeZoneOf(setting: Setting): string {
  const zone = setting.text();
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
  } catch {
    throw setting.wrong('a time zone such as America/New_York');
  }
  return zone;
}

function lookupStep(setting: Setting): LookupStep {
  const parts = setting.parts(['file', 'key', 'value']);
  const text = (name: string) => {
    const part = parts.get(name);
    if (!part) throw setting.wrong('file, key and value');
    return part.text();
  };
  return { file: text('file'), key: text('key'), value: text('value') };
}

function columnMapping(setting: Setting): ColumnMapping {
  if (setting.isText()) return { kind: 'column', column: setting.text() };
  const parts = setting.parts(['sql', 'column', 'through']);
  const sql = parts.get('sql');
  if (sql) return { kind: 'sql', sql: sql.text() };
  const column = parts.get('column');
  if (!column) throw setting.wrong('a column of the file, { sql: … } or { column: …, through: […] }');
  const through = parts.get('through')?.list().map(lookupStep) ?? [];
  return through.length === 0
    ? { kind: 'column', column: column.text() }
    : { kind: 'lookup', column: column.text(), through };
}

const writing: Record<string, (setting: Setting) => Writing> = {
  date_order: (s) => ({ dateOrder: s.oneOf('dmy', 'mdy', 'ymd') }),
  decimal_mark: (s) => ({ decimalMark: s.oneOf('point', 'comma') }),
  percent: (s) => ({ percent: s.oneOf('points', 'fraction') }),
  credits: (s) => ({ credits: s.oneOf('negative', 'positive') }),
};

/** How an entry says its cells are written. */
function writingOf(parts: Map<string, Setting>): Writing {
  const said = Object.entries(writing).map(([name, read]) => {
    const part = parts.get(name);
    return part ? read(part) : {};
  });
  return Object.assign({}, ...said) as Writing;
}

/** An entry that maps no columns: its file is recognised by itself. */
function fileSettings(setting: Setting): FileSettings | undefined {
  const parts = setting.parts();
  if (['table', 'columns', 'where', 'distinct'].some((name) => parts.has(name))) return undefined;
  const path = setting.parts(['path', 'exported_at', ...Object.keys(writing)]).get('path');
  if (!path) throw setting.wrong('path, table and columns');
  return { path: path.text(), ...writingOf(parts), exportedAt: parts.get('exported_at')?.date() };
}

function fileMapping(setting: Setting): FileMapping {
  const parts = setting.parts([
    'path',
    'table',
    'where',
    'distinct',
    ...Object.keys(writing),
    'exported_at',
    'columns',
  ]);
  const path = parts.get('path');
  const table = parts.get('table');
  const columns = parts.get('columns');
  if (!path || !table || !columns) throw setting.wrong('path, table and columns');
  const canonical = canonicalTable(table.text());
  if (!canonical) throw table.wrong(`a table: ${canonicalTables.map((known) => known.name).join(', ')}`);
  const mapped = columns.parts(canonical.columns.map((column) => column.name));
  for (const column of canonical.columns) {
    if (column.required && !mapped.has(column.name))
      throw columns.wrong(`with "${column.name}", which ${canonical.name} needs`);
  }
  return {
    path: path.text(),
    table: canonical.name,
    where: parts.get('where')?.text(),
    distinct: parts.get('distinct')?.boolean() ?? false,
    ...writingOf(parts),
    exportedAt: parts.get('exported_at')?.date(),
    columns: Object.fromEntries([...mapped].map(([name, part]) => [name, columnMapping(part)])),
    line: setting.line,
  };
}

function textMap(setting: Setting, allowed?: string[]): Record<string, string> {
  return Object.fromEntries(
    [...setting.parts()].map(([name, part]) => [name, allowed ? part.oneOf(...allowed) : part.text()]),
  );
}

const readers: Record<string, (setting: Setting) => Partial<Configuration>> = {
  currency: (s) => ({ currency: currencyOf(s) }),
  time_zone: (s) => ({ timeZone: timeZoneOf(s) }),
  // A day says more than its month: it is read when the rest of the calendar is known.
  fiscal_year_start: (s) => (s.isText() ? {} : { fiscalYearStart: s.integer(1, 12) }),
  fiscal_year_end: (s) => ({ fiscalYearEnd: s.oneOf('nearest', 'last') }),
  week_53: (s) => ({ week53: s.integer(1, 12) }),
  calendar: (s) => ({ calendar: s.oneOf('months', '4-4-5', '4-5-4', '5-4-4') }),
  ...writing,
  currency_signs: (s) => ({
    currencySigns: Object.fromEntries([...s.parts()].map(([sign, code]) => [sign, currencyOf(code)])),
  }),
  week_start: (s) => ({ weekStart: s.oneOf(...weekdays) }),
  fiscal_year_named_by: (s) => ({ fiscalYearNamedBy: s.oneOf('start', 'end') }),
  price_rounding: (s) => ({ priceRounding: s.oneOf('none', 'line', 'total') }),
  undated_price_book: (s) => ({ undatedPriceBook: s.oneOf('auto', 'use', 'ignore') }),
  deal_types: (s) => ({ dealTypes: textMap(s, dealTypes) }),
  roles: (s) => ({ roles: textMap(s) }),
  tolerance: (s) => {
    const parts = s.parts(['percent', 'amount']);
    return {
      tolerance: {
        percent: parts.get('percent')?.number(0, 100) ?? defaults.tolerance.percent,
        amount: parts.get('amount')?.number(0, 1e12) ?? defaults.tolerance.amount,
      },
    };
  },
  cost_of_capital: (s) => ({ costOfCapital: s.number(0, 100) }),
  minimum_effect: (s) => {
    const parts = s.parts(['discount_rate', 'win_rate', 'forecast_bias']);
    const given = [...parts].map(([name, part]) => [name, part.number(0, 100)]);
    return { minimumEffect: { ...defaults.minimumEffect, ...Object.fromEntries(given) } };
  },
  organisation_stage: (s) => ({
    organisationStage: s.list().map((item) => {
      const parts = item.parts(['stage', 'from']);
      const stage = parts.get('stage');
      const from = parts.get('from');
      if (!stage || !from) throw item.wrong('stage and from');
      return { stage: stage.integer(1, 4), from: from.date() };
    }),
  }),
  holidays: (s) => ({ holidays: s.list().map((day) => day.date().slice(0, 10)) }),
  limit_inclusive: (s) => ({ limitInclusive: s.boolean() }),
  approval_limits: (s) => ({
    approvalLimits: s.list().map((item) => {
      const parts = item.parts(['rate', 'amount', 'binds']);
      const rate = parts.get('rate')?.number(0, 100);
      const amount = parts.get('amount')?.number(0, 1e12);
      if (rate === undefined && amount === undefined) throw item.wrong('a rate or an amount');
      return { rate, amount, binds: parts.get('binds')?.oneOf('line', 'deal') ?? 'line' };
    }),
  }),
  files: (s) => {
    const entries = s.list().map((entry) => ({ entry, settings: fileSettings(entry) }));
    return {
      files: entries.filter(({ settings }) => !settings).map(({ entry }) => fileMapping(entry)),
      fileSettings: entries.flatMap(({ settings }) => settings ?? []),
    };
  },
};

/** The year settings where its beginning is given as a day and not as a month. */
function yearFrom(settings: Map<string, Setting>, read: Configuration): Partial<Configuration> {
  const start = settings.get('fiscal_year_start');
  if (!start?.isText()) return {};
  const year = yearOfFirstDay(start.date(), {
    calendar: read.calendar,
    weekStart: settings.has('week_start') ? read.weekStart : undefined,
    fiscalYearEnd: settings.has('fiscal_year_end') ? read.fiscalYearEnd : undefined,
  });
  if (typeof year === 'string') throw start.wrong(year);
  return year;
}

/** Reads and checks a configuration text. Throws a Problem that names the line of what is wrong. */
export function parseConfiguration(text: string, file: string): Configuration {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, schema: 'core' });
  const broken = document.errors[0];
  if (broken) {
    throw new Problem(
      `The configuration is not valid YAML: ${broken.message.split('\n')[0]}`,
      'Correct that line.',
      { file, line: broken.linePos?.[0].line },
    );
  }
  if (document.contents === null) return { ...defaults, path: file };
  const settings = new Setting(document.contents, '', { file, lines }).parts(Object.keys(readers));
  let configuration: Configuration = { ...defaults, path: file };
  for (const [name, setting] of settings) configuration = { ...configuration, ...readers[name]?.(setting) };
  return { ...configuration, ...yearFrom(settings, configuration) };
}

/** Reads the configuration file at `path`. */
export function readConfiguration(path: string): Configuration {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new Problem('The configuration file cannot be read.', 'Check the path given to --config.', {
      file: path,
    });
  }
  return parseConfiguration(text, path);
}
