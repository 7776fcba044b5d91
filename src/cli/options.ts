import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { WrongUsage } from './failure.ts';
import { note } from './terminal.ts';

/** Where the published warehouse is, unless `--out` says otherwise. */
export const defaultOut = 'data/warehouse/holdfast.duckdb';

export const outOption = ['--out <file>', 'the published warehouse', defaultOut] as const;

/** For commands that read what is published: see `publishedAt`. */
export const publishedOption = [
  '--out <file>',
  `the published warehouse (default: "${defaultOut}", or what was published last beside it)`,
] as const;

/**
 * The published warehouse that a command reads: the one named, or the one that `load` makes unless told otherwise.
 * Where that was never made, what was published last beside it, such as the demo company, which is said on stderr.
 */
export function publishedAt(named: string | undefined): string {
  if (named !== undefined || existsSync(defaultOut)) return named ?? defaultOut;
  const folder = dirname(defaultOut);
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.duckdb')) : [];
  const [last] = names
    .map((name) => join(folder, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  if (last === undefined) return defaultOut;
  note(`This is ${last}, the last published; --out names another.`);
  return last;
}

export interface GlobalOptions {
  json?: boolean;
  debug?: boolean;
}

/** Examples at the foot of a command's help. */
export function examples(command: Command, ...lines: string[]): Command {
  return command.addHelpText('after', `\nExamples:\n${lines.map((line) => `  holdfast ${line}`).join('\n')}`);
}

/** Reads an option's whole number between two bounds. */
export function wholeNumber(name: string, from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < from || value > to)
      throw new WrongUsage(`${name} takes a whole number from ${from} to ${to}, not "${text}".`);
    return value;
  };
}

/** Reads an option's date: a day, or an instant with its zone. */
export function dateOption(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/.test(text) || Number.isNaN(Date.parse(text)))
    throw new WrongUsage(`A date is written like 2026-11-16, not "${text}".`);
  return text;
}
