import { resolve } from 'node:path';
import type { Command } from 'commander';
import { rollback } from '../../../pipeline/publish/publish.ts';
import { withPublished } from '../../../pipeline/publish/published.ts';
import { examples, outOption, type GlobalOptions } from '../options.ts';
import { printJson, say } from '../terminal.ts';

export function addRollback(program: Command): void {
  const command = program
    .command('rollback')
    .description('go back to the build before the published one')
    .option(...outOption)
    .action(async (_: unknown, self: Command) => {
      const { out, json } = self.optsWithGlobals<GlobalOptions & { out: string }>();
      rollback(resolve(out));
      const { build_id, built_at } = await withPublished(out, (published) => published.build());
      if (json) printJson({ build_id, built_at });
      else say(`Build ${build_id} of ${built_at} is published again at ${out}.`);
    });
  examples(command, 'rollback', 'rollback --out data/warehouse/demo.duckdb');
}
