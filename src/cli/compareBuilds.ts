import { Problem } from '../../pipeline/problem.ts';
import { everything } from '../lib/access/scope.ts';
import { amountToTheCent, count } from '../lib/design/formats.ts';
import { BadRequest } from '../lib/metrics/badRequest.ts';
import { buildNamed, type KeptBuild } from '../lib/records/data/builds.ts';
import { changedFiles, changedSettings } from '../lib/records/data/changes/around.ts';
import { comparedBuilds } from '../lib/records/data/changes/compared.ts';
import { causeSums, countsOf, quarterSums } from '../lib/records/data/changes/sums.ts';
import { causeInWords, countsInWords, differenceInWords } from '../lib/records/data/changes/words.ts';
import { WrongUsage } from './failure.ts';
import { say, table } from './terminal.ts';

/** What changed from one kept build to another, named `FROM..TO`: sums of won deals by fiscal quarter, and why. */
export async function compare(builds: KeptBuild[], pair: string): Promise<Difference> {
  const [from, to] = pair.split('..');
  if (!from || !to) throw new WrongUsage(`--compare takes FROM..TO, the ids of two builds, not "${pair}".`);
  try {
    const [before, after] = [buildNamed(builds, from, 'from'), buildNamed(builds, to, 'to')];
    const compared = await comparedBuilds(before, after, everything);
    const told = {
      ...{ from, to, currency: after.currency },
      quarters: await quarterSums(compared, everything),
      causes: await causeSums(compared, everything),
      counts: await countsOf(compared, everything),
      files: await changedFiles(compared, everything),
      settings: await changedSettings(compared, everything),
    };
    compared.two.close();
    return told;
  } catch (error) {
    if (!(error instanceof BadRequest)) throw error;
    throw new Problem(error.message, 'Builds are listed by: holdfast status.');
  }
}

export interface Difference {
  from: string;
  to: string;
  currency: string;
  quarters: Awaited<ReturnType<typeof quarterSums>>;
  causes: Awaited<ReturnType<typeof causeSums>>;
  counts: Awaited<ReturnType<typeof countsOf>>;
  files: Awaited<ReturnType<typeof changedFiles>>;
  settings: Awaited<ReturnType<typeof changedSettings>>;
}

const signed = (sum: number) => amountToTheCent(sum, { signed: true });

/** Says the difference on the terminal. */
export function sayDifference({ currency, quarters, causes, counts }: Difference): void {
  const total = quarters.find(({ is_total }) => is_total);
  say(`${differenceInWords(total, currency)} ${countsInWords(counts)}\n`);
  const rows = quarters.map((one) => [
    one.is_total ? 'All' : (one.fiscal_quarter ?? 'no close date'),
    count(one.before_deals),
    count(one.after_deals),
    amountToTheCent(one.before_net_amount),
    amountToTheCent(one.after_net_amount),
    ...[one.change_net_amount, one.change_list_amount, one.change_discount].map(signed),
  ]);
  const head = [
    'Closed in',
    'Deals before',
    'after',
    'Net before',
    'after',
    'Net, change',
    'List',
    'Discount',
  ];
  say(table(head, rows, [1, 2, 3, 4, 5, 6, 7]));
  const why = causes.map((one) => [
    causeInWords(one.cause),
    one.source_file ?? '',
    count(one.deals_touched),
    ...[one.net_amount, one.list_amount, one.discount].map(signed),
  ]);
  if (why.length > 0)
    say(`\n${table(['Because of', 'Read from', 'Deals', 'Net', 'List', 'Discount'], why, [2, 3, 4, 5])}`);
}
