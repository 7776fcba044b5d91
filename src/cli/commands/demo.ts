import type { Command } from 'commander';
import { writeDemoCompany } from '../../../pipeline/demo/company.ts';
import { count } from '../../lib/design/formats.ts';
import { examples, wholeNumber, type GlobalOptions } from '../options.ts';
import { withProgress } from '../progress.ts';
import { printJson, say, table } from '../terminal.ts';

interface DemoOptions extends GlobalOptions {
  to: string;
  seed?: number;
  deals?: number;
}

export function addDemo(program: Command): void {
  const command = program
    .command('demo')
    .description("write an invented company's exports; the same seed gives the same bytes")
    .requiredOption('--to <folder>', 'the folder to write to')
    .option('--seed <n>', 'which company', wholeNumber('--seed', 0, 2 ** 32 - 1))
    .option('--deals <n>', 'about how many deals', wholeNumber('--deals', 10, 20_000_000))
    .action(async (_: unknown, self: Command) => {
      const options = self.optsWithGlobals<DemoOptions>();
      const report = await withProgress(options.json ?? false, (progress) =>
        writeDemoCompany({
          ...options,
          onProgress: (done, of) => progress('inventing customers', done, of),
        }),
      );
      if (options.json) return printJson(report);
      const rows = report.files.map((file) => [file.path, count(file.rows)]);
      say(table(['File', 'Rows'], rows, [1]));
      say(`\nWritten to ${report.folder}. What is hidden in it is in planted.json.`);
      say(`Load it with: holdfast load ${report.folder}`);
    });
  examples(command, 'demo --to exports', 'demo --to big --seed 7 --deals 100000');
}
