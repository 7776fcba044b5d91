import { resolve } from 'node:path';
import type { Command } from 'commander';
import { goBack } from '../../../pipeline/publish/goBack.ts';
import { examples, outOption, type GlobalOptions } from '../options.ts';
import { printJson, say } from '../terminal.ts';

export function addRollback(program: Command): void {
  const command = program
    .command('rollback')
    .description('go back to the build before the published one, or publish any that is kept')
    .argument('[build]', 'the id of a kept build, as holdfast status lists them')
    .option(...outOption)
    .action(async (build: string | undefined, _: unknown, self: Command) => {
      const { out, json } = self.optsWithGlobals<GlobalOptions & { out: string }>();
      const { build_id, built_at } = await goBack(resolve(out), build);
      if (json) printJson({ build_id, built_at });
      else say(`Build ${build_id} of ${built_at} is published again at ${out}.`);
    });
  examples(command, 'rollback', 'rollback --out data/warehouse/demo.duckdb');
}
