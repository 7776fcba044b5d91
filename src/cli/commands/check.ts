import type { Command } from 'commander';
import { withPublished } from '../../../pipeline/publish/published.ts';
import { count } from '../../lib/design/formats.ts';
import { Unfinished } from '../failure.ts';
import { examples, publishedAt, publishedOption, type GlobalOptions } from '../options.ts';
import { note, printJson, say } from '../terminal.ts';

export function addCheck(program: Command): void {
  const command = program
    .command('check')
    .description('run the checks on a published warehouse')
    .option(...publishedOption)
    .action(async (_: unknown, self: Command) => {
      const { out: named, json } = self.optsWithGlobals<GlobalOptions & { out?: string }>();
      const out = publishedAt(named);
      const { checks, build_id } = await withPublished(out, async (published) => ({
        checks: await published.checks(),
        build_id: (await published.build()).build_id,
      }));
      if (json) printJson({ build_id, checks });
      else {
        for (const { passed, severity, what, detail, id } of checks) {
          const mark = passed ? 'holds ' : severity === 'block' ? 'FAILED' : 'look  ';
          say(`${mark}  ${what}${passed ? '' : ` ${detail} (${id}).`}`);
        }
      }
      const failed = checks.filter((check) => check.severity === 'block' && !check.passed);
      if (failed.length === 0) return;
      note(`${count(failed.length, 'check')} failed. Load again, or go back with holdfast rollback.`);
      throw new Unfinished();
    });
  examples(command, 'check', 'check --out data/warehouse/demo.duckdb --json');
}
