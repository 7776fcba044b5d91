import type { Command } from 'commander';
import { canonicalTable, canonicalTables } from '../../../pipeline/schema/canonical.ts';
import { WrongUsage } from '../failure.ts';
import { examples, type GlobalOptions } from '../options.ts';
import { note, printJson, table } from '../terminal.ts';

const kinds: Record<string, string> = {
  id: 'text',
  text: 'text',
  currency: 'ISO 4217 code',
  date: 'YYYY-MM-DD',
  instant: 'YYYY-MM-DDTHH:MM:SSZ',
  amount: 'amount',
  price: 'price',
  quantity: 'number',
  percent: 'percent (20 = 20%)',
  integer: 'whole number',
  boolean: 'true or false',
};

export function addTemplate(program: Command): void {
  const command = program
    .command('template')
    .description('an empty CSV of a table on stdout, its columns explained on stderr')
    .argument('<table>', 'a table of the model; see below')
    .action((name: string, _: unknown, self: Command) => {
      const found = canonicalTable(name);
      if (!found) {
        const known = canonicalTables.map((candidate) => candidate.name).join(', ');
        throw new WrongUsage(`There is no table "${name}". There are: ${known}.`);
      }
      const columns = found.columns.map((column) => ({
        name: column.name,
        type: column.type,
        written: kinds[column.type] ?? column.type,
        means: column.means,
        required: column.required,
      }));
      const csv = `${columns.map((column) => column.name).join(',')}\r\n`;
      if (self.optsWithGlobals<GlobalOptions>().json) {
        const { oneRowIs, key, unlocks } = found;
        return printJson({ table: name, one_row_is: oneRowIs, key, unlocks, columns, csv });
      }
      process.stdout.write(csv);
      note(`${name}: one row is ${found.oneRowIs}. Unlocks ${found.unlocks}.\n`);
      const rows = columns.map(({ name, written, required, means }) => [
        name,
        written,
        required ? 'needed' : '',
        means,
      ]);
      note(table(['Column', 'Written as', '', 'Means'], rows));
    });
  command.addHelpText('after', `\nTables:\n  ${canonicalTables.map((known) => known.name).join(', ')}`);
  examples(command, 'template coaching_session > coaching_session.csv', 'template discount_policy --json');
}
