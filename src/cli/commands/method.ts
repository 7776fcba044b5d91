import { Option, type Command } from 'commander';
import { count } from '../../lib/design/formats.ts';
import { WrongUsage } from '../failure.ts';
import { bunching } from '../method/bunching.ts';
import { calibration } from '../method/calibration.ts';
import { concentration } from '../method/concentration.ts';
import { forecastAccuracy } from '../method/forecastAccuracy.ts';
import { funnel } from '../method/funnel.ts';
import { rateBridge } from '../method/rateBridge.ts';
import { figure, interval, type Method, type Result } from '../method/result.ts';
import { readRoles, type RoleTable } from '../method/roles.ts';
import { shrinkage } from '../method/shrinkage.ts';
import { staggered } from '../method/staggered.ts';
import { examples, wholeNumber, type GlobalOptions } from '../options.ts';
import { note, printJson, say, table } from '../terminal.ts';

function amount(text: string): number {
  const value = Number(text);
  if (text === '' || !(value >= 0))
    throw new WrongUsage(`--minimum-effect takes a number of at least 0, not "${text}".`);
  return value;
}

function describe({ name, source }: Method, found: Result): void {
  const title = `${found.what}: ${figure(found.estimate)} (95% ${interval(found.low, found.high)})`;
  say(`${title.charAt(0).toUpperCase()}${title.slice(1)}`);
  say(`Answer: ${found.answer}. n: ${count(found.n)} ${found.of}.`);
  for (const { title, head, rows } of found.sections) {
    const right = head.flatMap((_, i) => (i > 0 ? [i] : []));
    say(`\n${title}\n${table(head, rows, right)}`);
  }
  note(`\nMethod: ${name}. ${source}.`);
  for (const warning of found.warnings) note(warning);
}

function asJson({ name, source }: Method, { columns }: RoleTable, found: Result): object {
  const { estimate, low, high, what, n, of, answer, warnings, facts } = found;
  return {
    method: name,
    source,
    ...{ estimate, interval: low === null || high === null ? null : { low, high, level: 0.95 }, what },
    ...{ n, n_of: of, answer, cannot_tell: answer.startsWith('cannot tell'), warnings, columns },
    ...facts,
  };
}

function limit(text: string): number {
  const value = Number(text);
  if (text === '' || !(value > 0 && value <= 100))
    throw new WrongUsage(`--limit takes a number above 0 and up to 100, not "${text}".`);
  return value;
}

/** Adds one method as a command of its own, so that its help shows its roles and options only. */
function add<Options extends object>(parent: Command, method: Method<Options>, options: Option[] = []): void {
  const several = (pair: string, before: string[]) => [...before, pair];
  const width = Math.max(...method.roles.map(({ name }) => name.length));
  const roles = method.roles.map(
    ({ name, about, optional }) => `  ${name.padEnd(width)}  ${about}${optional ? ' (optional)' : ''}`,
  );
  const command = parent
    .command(method.name)
    .description(method.summary)
    .argument('<file>', 'a plain table, such as a CSV')
    .option('--column <role=name>', "the file's column of a role; may be given again", several, [])
    .addHelpText('after', `\nRoles:\n${roles.join('\n')}\n\nSource: ${method.source}.`)
    .action(async (file: string, _: unknown, self: Command) => {
      const given = self.optsWithGlobals<GlobalOptions & { column: string[] } & Options>();
      const read = await readRoles(file, method.roles, given.column);
      const found = method.run(read, given);
      if (given.json) printJson(asJson(method as Method, read, found));
      else describe(method as Method, found);
    });
  for (const option of options) command.addOption(option);
  examples(command, `method ${method.example}`);
}

export function addMethod(program: Command): void {
  const command = program
    .command('method')
    .description("run one of the product's statistical methods on a plain table");
  const choice = (flag: string, about: string, choices: string[]) =>
    new Option(flag, about).choices(choices).default(choices[0]);
  add(command, staggered, [
    choice('--control <who>', 'compare with the never treated, or all not treated yet', ['never', 'not-yet']),
    choice('--base <which>', 'before treatment, compare with the time before or one time', [
      'varying',
      'universal',
    ]),
    new Option('--anticipation <n>', 'times before treatment that it may show in')
      .argParser(wholeNumber('--anticipation', 0, 1000))
      .default(0),
    new Option('--minimum-effect <x>', 'the smallest effect worth acting on, in the unit of the outcome')
      .argParser(amount)
      .default(0),
  ]);
  add(command, bunching, [
    new Option('--limit <n>', 'the limit, in the unit of the values').argParser(limit).makeOptionMandatory(),
    new Option('--inclusive', 'the limit itself is allowed'),
  ]);
  add(command, shrinkage, [
    choice('--transform <how>', 'shrink shares as they are, or on the arcsine scale', ['none', 'arcsine']),
  ]);
  add(command, funnel, [
    new Option('--poisson', 'observed is a count: exact limits, no standard error'),
    choice('--dispersion <how>', 'how limits allow for units that vary more than chance', [
      'additive',
      'multiplicative',
      'none',
    ]),
  ]);
  for (const method of [calibration, concentration, rateBridge, forecastAccuracy]) add(command, method);
  examples(
    command,
    'method staggered-did panel.csv --column unit=rep --column outcome=discount_rate',
    'method funnel --help',
  );
}
