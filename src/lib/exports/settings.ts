import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml';

/** One entry of `files:` in `holdfast.yaml`: how one file becomes rows of one table. */
export interface Entry {
  path: string;
  table: string;
  where?: string;
  distinct?: boolean;
  date_order?: string;
  decimal_mark?: string;
  exported_at?: string;
  columns: Record<string, unknown>;
}

/** What is asked about the company rather than about a file. */
export interface CompanySettings {
  currency?: string;
  fiscal_year_start?: number;
  time_zone?: string;
  date_order?: string;
  decimal_mark?: string;
}

const HEADING =
  ' What was decided about these exports in the browser. The next load follows it; change it as you like.';

/** The settings as they stand; comments and settings that we don't know of stay when something is changed. */
export function readSettings(path: string): Document {
  if (existsSync(path)) return parseDocument(readFileSync(path, 'utf8'));
  const document = new Document({});
  document.commentBefore = HEADING;
  return document;
}

/** The text of `holdfast.yaml`. */
export const settingsText = (document: Document): string => document.toString({ lineWidth: 0 });

function write(path: string, document: Document): void {
  mkdirSync(dirname(path), { recursive: true });
  const aside = `${path}.${randomUUID()}`;
  writeFileSync(aside, settingsText(document));
  renameSync(aside, path);
}

/** Whether a pattern of `files:` means the file of this name; `*` stands for any part of it. */
export function meansFile(pattern: string, name: string): boolean {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\?]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${escaped}$`).test(name);
}

function filesOf(document: Document): YAMLSeq<YAMLMap> | null {
  const files = document.get('files');
  return isSeq(files) ? (files as YAMLSeq<YAMLMap>) : null;
}

const pathOf = (item: unknown) => (isMap(item) ? String(item.get('path') ?? '') : '');

/** How the settings say that a file is read; empty where they leave it to what is recognised. */
export function entriesFor(document: Document, name: string): Entry[] {
  const items = filesOf(document)?.items ?? [];
  return items.filter((item) => meansFile(pathOf(item), name)).map((item) => item.toJSON() as Entry);
}

/** All that decides how a file, or a table within it, is read. */
export function decidesReading(document: Document, name: string): unknown {
  const {
    files: _files,
    fiscal_year_start: _start,
    ...said
  } = (document.toJSON() ?? {}) as Record<string, unknown>;
  const items = filesOf(document)?.items ?? [];
  const own = items.filter((item) => meansFile(pathOf(item), name) || pathOf(item).startsWith(name));
  return [said, own.map((item) => item.toJSON() as unknown)];
}

/** Replaces what the settings say of a file; none leaves it to what is recognised. */
export function setEntries(document: Document, name: string, entries: readonly Entry[]): void {
  const others = (filesOf(document)?.items ?? []).filter((item) => !meansFile(pathOf(item), name));
  const added = entries.map((entry) => document.createNode({ ...entry, path: name }));
  if (others.length + added.length === 0) document.delete('files');
  else {
    const files = document.createNode([]) as YAMLSeq;
    files.items.push(...others, ...added);
    document.set('files', files);
  }
}

/** Sets what is given of the company; empty values take a setting back to its default. */
export function setCompany(document: Document, company: CompanySettings): void {
  for (const [name, value] of Object.entries(company)) {
    if (value === undefined) continue;
    if (value === '') document.delete(name);
    else document.set(name, value);
  }
}

/** Sets what an answer says: a value, or of which currency a sign is (`$=AUD`). */
export function answerIn(document: Document, setting: string, value: string): void {
  if (setting !== 'currency_signs') return document.set(setting, value);
  const at = value.lastIndexOf('=');
  document.setIn([setting, value.slice(0, at)], value.slice(at + 1));
}

/** What the settings say of the company. */
export function companyOf(document: Document): CompanySettings {
  const said = (document.toJSON() ?? {}) as CompanySettings;
  const { currency, fiscal_year_start, time_zone, date_order, decimal_mark } = said;
  return { currency, fiscal_year_start, time_zone, date_order, decimal_mark };
}

/** Changes the settings file in one go: who reads it meanwhile sees it before or after. */
export function changeSettings(path: string, change: (document: Document) => void): void {
  const document = readSettings(path);
  change(document);
  write(path, document);
}
