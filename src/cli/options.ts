import type { Command } from 'commander';
import { WrongUsage } from './failure.ts';

/** Where the published warehouse is, unless `--out` says otherwise. */
export const defaultOut = 'data/warehouse/holdfast.duckdb';

export const outOption = ['--out <file>', 'the published warehouse', defaultOut] as const;

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
