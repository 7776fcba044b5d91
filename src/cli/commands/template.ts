import type { Command } from 'commander';
import { canonicalTable, canonicalTables, type CanonicalTable } from '../../../pipeline/schema/canonical.ts';
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

const known = () => canonicalTables.map((candidate) => candidate.name).join(', ');

const explained = ({ name, oneRowIs, key, unlocks, columns }: CanonicalTable) => ({
  table: name,
  one_row_is: oneRowIs,
  key,
  unlocks,
  columns: columns.map((column) => ({
    name: column.name,
    type: column.type,
    written: kinds[column.type] ?? column.type,
    means: column.means,
    required: column.required,
  })),
});

export function addTemplate(program: Command): void {
  const command = program
    .command('template')
    .description('an empty CSV of a table on stdout, its columns explained on stderr')
    .argument('[table]', 'a table of the model; see below. With --json and no table, all of them')
    .action((name: string | undefined, _: unknown, self: Command) => {
      const { json } = self.optsWithGlobals<GlobalOptions>();
      if (name === undefined && json) return printJson({ tables: canonicalTables.map(explained) });
      if (name === undefined) throw new WrongUsage(`Say which table. There are: ${known()}.`);
      const found = canonicalTable(name);
      if (!found) {
        throw new WrongUsage(`There is no table "${name}". There are: ${known()}.`);
      }
      const { columns } = explained(found);
      const csv = `${columns.map((column) => column.name).join(',')}\r\n`;
      if (json) return printJson({ ...explained(found), csv });
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
  command.addHelpText('after', `\nTables:\n  ${known()}`);
  examples(command, 'template coaching_session > coaching_session.csv', 'template discount_policy --json');
}
