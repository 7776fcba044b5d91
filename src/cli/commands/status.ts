import type { Command } from 'commander';
import { withPublished } from '../../../pipeline/publish/published.ts';
import { count, rate } from '../../lib/design/formats.ts';
import { examples, outOption, type GlobalOptions } from '../options.ts';
import { printJson, say, table } from '../terminal.ts';

export function addStatus(program: Command): void {
  const command = program
    .command('status')
    .description('what is published: build, files, rows, checks, coverage')
    .option(...outOption)
    .action(async (_: unknown, self: Command) => {
      const { out, json } = self.optsWithGlobals<GlobalOptions & { out: string }>();
      const status = await withPublished(out, (published) => published.status());
      if (json) return printJson(status);
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
      if (status.earlier_builds > 0)
        say(`${count(status.earlier_builds, 'earlier build')} kept: holdfast rollback.`);
    });
  examples(command, 'status', 'status --json');
}
