import { dollarRange, type ExcessDollars } from '../../src/lib/statistics/excessDollars.ts';
import { FALSE_DISCOVERY_RATE, MINIMUM_DEALS } from '../../src/lib/statistics/standOut.ts';
import { survivors } from '../../src/lib/statistics/falseDiscovery.ts';
import {
  customersBeyond,
  repsBeyond,
  type MadeCustomers,
} from '../../src/lib/statistics/lastingExcess.fixture.ts';
import type { MadeCompany } from '../../src/lib/statistics/mixDeals.fixture.ts';
import type { Cell } from './cell.ts';

/** Fewer than a page draws: what is tried is the method. Who is stated takes none. */
const DRAWS = { reps: 199, customers: 79, stated: 1 };

type Made = (random: () => number, draws?: number) => ExcessDollars;

/** Those that a page would name: believed above nothing, and surviving the false-discovery rate over all compared. */
function stated({ units }: ExcessDollars): Set<string> {
  const compared = units.filter(({ deals }) => deals >= MINIMUM_DEALS);
  const kept = survivors(
    compared.map(({ p }) => p),
    FALSE_DISCOVERY_RATE,
  );
  return new Set(compared.filter(({ low }, at) => low > 0 && kept[at]).map(({ unit }) => unit));
}

const noise = (method: string, facts: string, made: Made): Cell => ({
  ...{ method, facts, counted: 'the range of dollars includes zero', aim: { atLeast: 0.95 } },
  run: (random) => [!(dollarRange([made(random)]).low > 0)],
});

const dollarsFound = (method: string, facts: string, made: Made): Cell => ({
  ...{ method, facts, counted: 'the range of dollars lies above zero', aim: { atLeast: 0.9 } },
  run: (random) => [dollarRange([made(random)]).low > 0],
});

const unitStated = (method: string, facts: string, made: Made, unit: string): Cell => ({
  ...{ method, facts, counted: 'that one stated', aim: { atLeast: 0.9 } },
  run: (random) => [stated(made(random, DRAWS.stated)).has(unit)],
});

const nobodyStated = (method: string, facts: string, made: Made): Cell => ({
  ...{ method, facts, counted: 'anyone stated', aim: { atMost: 0.1 } },
  run: (random) => [stated(made(random, DRAWS.stated)).size > 0],
});

const company: MadeCompany = { units: 24, deals: [12, 90], outcome: 'discount', sizes: 1 };
const reps =
  (made: Partial<MadeCompany> = {}): Made =>
  (random, draws = DRAWS.reps) =>
    repsBeyond({ ...company, ...made }, random, draws);
const customers =
  (made: Partial<MadeCustomers> = {}): Made =>
  (random, draws = DRAWS.customers) =>
    customersBeyond({ customers: 250, inGroup: 14, ...made }, random, draws);

const recoverable = 'recoverable';
const unearned = 'unearned discount';
const leaking = { leaking: 6, effect: 0.09, deals: [50, 50] as [number, number] };
const group = { inGroup: 24, effect: 0.1 };

/**
 * Recoverable and unearned dollars on deals where nobody differs, and with the least sizes that are found nine times in
 * ten: of a group of so few deals 10 points; of 8 points its dollars lie above zero in 85 of 100 runs.
 */
export const cells: Cell[] = [
  noise(recoverable, 'none of 24 reps differs, sizes 30-fold', reps()),
  noise(recoverable, 'none of 24 reps differs, sizes very skewed', reps({ sizes: 1.6 })),
  noise(recoverable, 'none of 24 reps differs, 8 to 20 deals each', reps({ deals: [8, 20] })),
  nobodyStated(recoverable, 'none of 24 reps differs, sizes 30-fold', reps()),
  dollarsFound(recoverable, 'six of 24 reps give 9 points more on 50 deals each', reps(leaking)),
  unitStated(recoverable, 'six of 24 reps give 9 points more on 50 deals each', reps(leaking), 'unit 0'),
  noise(unearned, 'none of 250 customers differs, 14 of them in a group', customers()),
  nobodyStated(unearned, 'none of 250 customers differs, 14 of them in a group', customers()),
  dollarsFound(unearned, 'a group of 24 customers gets 10 points more on some 50 deals', customers(group)),
  unitStated(
    unearned,
    'a group of 24 customers gets 10 points more on some 50 deals',
    customers(group),
    'group',
  ),
];
