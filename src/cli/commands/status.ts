import { resolve } from 'node:path';
import type { Command } from 'commander';
import { withPublished } from '../../../pipeline/publish/published.ts';
import { everything } from '../../lib/access/scope.ts';
import { amount, count, fileSize, rate } from '../../lib/design/formats.ts';
import { keptBuilds, type KeptBuild } from '../../lib/records/data/builds.ts';
import { compare, sayDifference } from '../compareBuilds.ts';
import { examples, publishedAt, publishedOption, type GlobalOptions } from '../options.ts';
import { printJson, say, table } from '../terminal.ts';

/** A build as the command line tells it: without where pages keep it apart from others. */
const toldOf = ({ stamp: _stamp, isPublished, ...build }: KeptBuild) => ({
  ...build,
  is_published: isPublished,
});

function sayBuilds(builds: KeptBuild[]): void {
  const rows = builds.map((build) => [
    build.build_id,
    build.isPublished ? 'published' : 'kept',
    build.data_on,
    count(build.files),
    count(build.deals),
    ...[build.list_amount, build.net_amount, build.discount].map((sum) => amount(sum)),
    fileSize(build.bytes),
  ]);
  const head = ['Build', '', 'Exports to', 'Files', 'Won deals', 'List', 'Net', 'Discount', 'On disk'];
  say(`\n${table(head, rows, [3, 4, 5, 6, 7, 8])}`);
  if (builds.length > 1) say('Any of them can be published: holdfast rollback BUILD.');
}

interface StatusOptions extends GlobalOptions {
  out?: string;
  compare?: string;
}

export function addStatus(program: Command): void {
  const command = program
    .command('status')
    .description('what is published: build, files, rows, checks, coverage; the builds kept beside it')
    .option(...publishedOption)
    .option('--compare <from..to>', 'what changed from one kept build to another, by their ids')
    .action(async (_: unknown, self: Command) => {
      const { out: named, json, compare: pair } = self.optsWithGlobals<StatusOptions>();
      const out = publishedAt(named);
      const status = await withPublished(out, (published) => published.status());
      const builds = await keptBuilds(resolve(out), everything);
      if (pair !== undefined) {
        const difference = await compare(builds, pair);
        return json ? printJson(difference) : sayDifference(difference);
      }
      if (json) return printJson({ ...status, builds: builds.map(toldOf) });
      say(`Build ${status.build_id}, built ${status.built_at}, data up to ${status.data_on}.`);
      say(`Currency ${status.currency}, days in ${status.time_zone}.\n`);
      const rows = status.files.map((file) => [
        file.path,
        file.recognised_as,
        file.exported_at.slice(0, 10),
        ...[file.rows_loaded, file.rows_rejected, file.rows_set_aside].map((n) => count(n)),
      ]);
      const head = ['File', 'Recognised as', 'Exported', 'Loaded', 'Rejected', 'Set aside'];
      say(table(head, rows, [3, 4, 5]));
      const { list_price: known } = status.coverage;
      say(`\n${count(status.deals, 'deal')}, ${count(status.deal_lines, 'line')}.`);
      if (known !== null) say(`List price known for ${rate(known)} of net.`);
      const broken = status.checks.filter((check) => !check.passed);
      say(
        broken.length === 0
          ? 'Every check holds.'
          : `${count(broken.length, 'check')} to look at: holdfast check.`,
      );
      sayBuilds(builds);
    });
  examples(
    command,
    'status',
    'status --json',
    'status --compare 20261116T090000-1a2b3c4d..20261123T090000-5e6f7a8b',
  );
}
