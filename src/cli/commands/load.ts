import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { build, type BuildReport } from '../../../pipeline/build.ts';
import { answersFolder } from '../../lib/answers/answersFolder.ts';
import { count, rate } from '../../lib/design/formats.ts';
import { describeMetrics } from '../../lib/metrics/catalog.ts';
import { methodFigures } from '../../lib/questions/maturity/methodFigures.ts';
import { Unfinished, WrongUsage } from '../failure.ts';
import { methodFolders } from '../methodFolders.ts';
import { dateOption, examples, outOption, type GlobalOptions } from '../options.ts';
import { withProgress } from '../progress.ts';
import { note, printJson, say, table } from '../terminal.ts';
import { version } from '../version.ts';

interface LoadOptions extends GlobalOptions {
  out: string;
  config?: string;
  strict?: boolean;
  exportedAt?: string;
  fromScratch?: boolean;
  progress?: boolean;
}

function fileTable(report: BuildReport): string {
  const rows = report.files.map((file) => [
    file.path,
    file.unread_reason ? 'not read' : `${file.recognised_as}${file.known ? ' (loaded before)' : ''}`,
    ...[file.rows_in, file.rows_loaded, file.rows_rejected, file.rows_set_aside].map((n) => count(n)),
  ]);
  return table(['File', 'Recognised as', 'Rows in', 'Loaded', 'Rejected', 'Set aside'], rows, [2, 3, 4, 5]);
}

function describe(report: BuildReport, out: string): void {
  say(fileTable(report));
  // Where nothing is published, the problems name the files themselves.
  for (const file of report.published ? report.files : []) {
    if (file.unread_reason) say(`\nNot read: ${file.path}. ${file.unread_reason}`);
  }
  const warnings = report.checks.filter((check) => check.severity === 'warn' && !check.passed);
  if (warnings.length > 0) say(`\n${count(warnings.length, 'thing')} to look at:`);
  for (const check of warnings) say(`  ${check.what} ${check.detail} (${check.id}).`);
  const { list_price: known } = report.coverage;
  if (report.published) {
    if (known !== null) say(`\nList price known for ${rate(known)} of net.`);
    say(`\nPublished build ${report.build_id} at ${out} in ${report.seconds.toFixed(1)} s.`);
  }
}

export function addLoad(program: Command): void {
  const command = program
    .command('load')
    .description('read exports, then build, check and publish the warehouse')
    .argument('[path...]', 'files and folders of exports; without any, builds anew from what is known')
    .option(...outOption)
    .option('--config <file>', 'the configuration, where it is not holdfast.yaml in the folder')
    .option('--strict', 'publish nothing when a file cannot be read')
    .option('--exported-at <date>', 'when the files were exported, where they do not say', dateOption)
    .option('--from-scratch', 'forget what was loaded before')
    .option('--progress', 'with --json: each step as one JSON object a line, on stderr')
    .action(async (paths: string[], _: unknown, self: Command) => {
      const options = self.optsWithGlobals<LoadOptions>();
      if (paths.length === 0 && (options.fromScratch || !existsSync(options.out)))
        throw new WrongUsage('Say which files or folders of exports to load. See: holdfast load --help');
      const alsoFrom = [answersFolder(resolve(options.out))];
      const described = { metrics: describeMetrics(), methodFigures, methodFolders, productVersion: version };
      const quiet = options.json && options.progress ? 'lines' : (options.json ?? false);
      const report = await withProgress(quiet, (onProgress) =>
        build({ ...options, ...described, paths, alsoFrom, onProgress }),
      );
      if (options.json) printJson(report);
      else describe(report, options.out);
      if (report.published) return;
      for (const problem of report.problems) note(problem);
      note('Nothing was published; what was published before is untouched.');
      throw new Unfinished();
    });
  examples(
    command,
    'load exports/',
    'load Opportunity.csv OpportunityLineItem.csv --exported-at 2026-11-16',
    'load exports/ --strict --json',
    'load',
  );
}
