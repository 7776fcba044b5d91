import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { inspect } from '../../../pipeline/inspect.ts';
import type { Inspection } from '../../../pipeline/load/inspectFile.ts';
import { mappingText } from '../../../pipeline/load/mappingText.ts';
import { Problem } from '../../../pipeline/problem.ts';
import { count, rate } from '../../lib/design/formats.ts';
import { Unfinished } from '../failure.ts';
import { examples, wholeNumber, type GlobalOptions } from '../options.ts';
import { note, printJson, printJsonLine, say, table } from '../terminal.ts';

interface InspectOptions extends GlobalOptions {
  writeMapping?: string;
  config?: string;
  preview?: number;
  only?: string[];
  each?: boolean;
}

/** Lines set aside that are listed one by one. */
const MOST_LISTED = 20;

/** A cell in a table for the terminal. */
const shown = (text: string | null) => {
  const line = (text ?? '').replaceAll(/\s+/g, ' ');
  return line.length > 32 ? `${line.slice(0, 31)}…` : line;
};

function describe(found: Inspection): void {
  say(found.path);
  if (found.recognised_as)
    say(
      `  ${found.recognised_as}, ${rate(found.confidence)} sure; ${count(found.rows, 'row')}` +
        ` of ${count(found.headers.length, 'column')}.`,
    );
  for (const oddity of found.oddities.slice(0, 20)) say(`  ${oddity}`);
  if (found.columns.length > 0) {
    const rows = found.columns.map(({ source, table, target, how, style, example, becomes }) => [
      source,
      `${table}.${target}`,
      how,
      style,
      shown(example),
      shown(becomes),
    ]);
    const headers = ['Column', 'Becomes', 'How', 'Written as', 'In the file', 'As loaded'];
    say(`\n${table(headers, rows)}\n`.replaceAll('\n', '\n  ').trimEnd());
  }
  const decided = found.columns.filter(({ evidence }) => evidence !== null);
  if (decided.length > 0) say();
  for (const { source, style, evidence } of decided) say(`  ${source}: ${style}; ${evidence}.`);
  if (found.set_aside.length > 0) say();
  for (const { line, reason, text } of found.set_aside.slice(0, MOST_LISTED))
    say(`  Line ${line} is set aside. ${reason} ${shown(text)}`);
  const more = found.set_aside.length - MOST_LISTED;
  if (more > 0) say(`  … and ${count(more, 'more line')}.`);
  for (const { table, rows_rejected: rejected } of found.unlocks)
    if (rejected > 0) say(`\n  ${count(rejected, 'row')} could not be read as ${table}.`);
  if (found.unused.length > 0) say(`\n  Not used: ${found.unused.join(', ')}.`);
  for (const { table, unlocks } of found.unlocks) {
    const missing = found.missing.filter((column) => column.table === table);
    if (missing.length === 0) continue;
    const costly = missing.filter(({ costs }) => costs !== null);
    const named = (column: string, header: string | null) => (header ? `${column} (${header})` : column);
    if (costly.length > 0) say(`\n  Missing of ${table}, and what can't be told without it:`);
    for (const { column, header, costs } of costly) say(`    ${named(column, header)}: ${costs}`);
    const rest = missing.filter(({ costs }) => costs === null);
    if (rest.length > 0) say(`\n  ${table} unlocks ${unlocks}. It could also say:`);
    for (const { column, header, means } of rest) say(`    ${named(column, header)}: ${means}`);
  }
  if (found.unread_reason) say(`  Can't be loaded: ${found.unread_reason}`);
  say();
}

/** What is said of a file to machines. */
const forMachines = ({ plan: _plan, headers: _headers, preview, ...file }: Inspection) =>
  preview ? { ...file, preview } : file;

function saveMapping(path: string, inspections: Inspection[]): void {
  try {
    writeFileSync(path, mappingText(inspections), { flag: 'wx' });
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
    throw new Problem(
      exists
        ? 'There is a file of this name already.'
        : `The mapping can't be saved: ${(error as Error).message}.`,
      'Name another file with --write-mapping.',
      { file: path },
    );
  }
  note(`Mapping saved as ${path}.`);
}

export function addInspect(program: Command): void {
  const command = program
    .command('inspect')
    .description('what each file is, how its columns map, what is missing; nothing is loaded')
    .argument('<file...>', 'files and folders of exports')
    .option('--config <file>', 'the configuration, where it is not holdfast.yaml in the folder')
    .option('--write-mapping <file>', 'save how the files would be read, to check and change')
    .option(
      '--preview <rows>',
      'with --json: rows as they would be loaded',
      wholeNumber('--preview', 0, 1000),
    )
    .option('--only <name...>', 'inspect these; the other files are only there to look things up in')
    .option('--each', 'with --json: one object a line, as each file is done')
    .action(async (paths: string[], _: unknown, self: Command) => {
      const options = self.optsWithGlobals<InspectOptions>();
      const { preview, only, each } = options;
      const onFile =
        options.json && each ? (found: Inspection) => printJsonLine(forMachines(found)) : undefined;
      const inspections = await inspect(paths, options.config, { preview, only, onFile });
      if (onFile) return;
      if (options.json) printJson({ files: inspections.map(forMachines) });
      else inspections.forEach(describe);
      if (options.writeMapping) saveMapping(options.writeMapping, inspections);
      const unread = inspections.filter((file) => file.unread_reason !== null);
      if (unread.length < inspections.length) return;
      note(`None of ${count(unread.length)} could be loaded as it is.`);
      throw new Unfinished();
    });
  examples(
    command,
    'inspect Opportunity.csv',
    'inspect exports/ --json',
    'inspect pipeline.csv --write-mapping exports/holdfast.yaml',
  );
}
