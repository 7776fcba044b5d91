import { instant, iso, quarter, quarterName, quarterStart } from './calendar.ts';
import type { Deal } from './deal.ts';
import { inDollars } from './deals.ts';
import { COMMIT, type Moment } from './history.ts';
import { ticks } from './money.ts';
import { Random } from './random.ts';
import type { World } from './world.ts';

const WEEKS = [12, 8, 4, 2, 1];

/** Won to date, open in commit and in best case, by lead time; and what it became. US dollars in ticks. */
interface Cell {
  won: number[];
  commit: number[];
  best: number[];
  actual: number;
}

export interface ForecastTruth {
  biased_region: string;
  /** Σ(F − A) ÷ Σ A at four weeks over complete quarters, F as in the metric: won to date + open commit. */
  bias_at_4_weeks: Record<string, { forecast_usd: string; actual_usd: string; bias: number }>;
}

/** Keeps count of what the forecast was, by region, manager and quarter, as the deals' histories say it. */
export class ForecastKeeper {
  private readonly world: World;
  private readonly regions = new Map<string, Map<number, Cell>>();
  private readonly managers = new Map<string, Map<number, Cell>>();
  private readonly first: number;
  private readonly last: number;

  constructor(world: World) {
    this.world = world;
    this.first = quarter(world.firstDay);
    this.last = quarter(world.today);
  }

  add(deal: Deal, moments: readonly Moment[]): void {
    const { today } = this.world;
    const region = cells(this.regions, deal.place.region);
    const manager = cells(this.managers, deal.place.managerId);
    const until = deal.outcome === 'open' ? this.last : Math.min(this.last, quarter(deal.closesOn));
    for (let q = Math.max(this.first, quarter(moments[0]!.on)); q <= until; q++) {
      const cell = [at(region, q), at(manager, q)];
      const end = quarterStart(q + 1);
      const won = deal.outcome === 'won' && quarter(deal.closesOn) === q;
      for (const [i, weeks] of WEEKS.entries()) {
        const on = end - 7 * weeks;
        if (on >= today) continue;
        if (won && deal.closesOn < on) {
          for (const one of cell) one.won[i]! += dollars(this.world, deal, deal.amount);
          continue;
        }
        const then = stateOn(moments, on);
        if (!then || then.stage > COMMIT || quarter(then.closesOn) !== q) continue;
        const amount = dollars(this.world, deal, then.amount);
        if (then.stage === COMMIT) for (const one of cell) one.commit[i]! += amount;
        else if (then.stage === 2) for (const one of cell) one.best[i]! += amount;
      }
      if (won) for (const one of cell) one.actual += dollars(this.world, deal, deal.amount);
    }
  }

  /** Writes forecast_submission: what managers said at each lead time, rounded as people round. */
  write(): void {
    const { world } = this;
    const file = world.folder.open(
      'tables/forecast_submission',
      `person_id period_start category amount submitted_at includes_team is_cumulative`,
    );
    const random = new Random(world.seed * 41 + 9);
    for (const [person, quarters] of this.managers)
      for (const [q, cell] of [...quarters].sort((a, b) => a[0] - b[0]))
        for (const [i, weeks] of WEEKS.entries()) {
          const on = quarterStart(q + 1) - 7 * weeks;
          if (on >= world.today) continue;
          const at = instant(on, 61_200);
          const commit = (cell.won[i]! + cell.commit[i]!) * (1 + 0.04 * random.normal());
          const best = commit + cell.best[i]! * 0.8;
          file.row(person, iso(quarterStart(q)), 'commit', thousands(commit), at, true, true);
          file.row(person, iso(quarterStart(q)), 'best_case', thousands(best), at, true, true);
        }
  }

  truth(): ForecastTruth {
    const bias: ForecastTruth['bias_at_4_weeks'] = {};
    for (const [region, quarters] of [...this.regions].sort((a, b) => (a[0] < b[0] ? -1 : 1))) {
      let forecast = 0;
      let actual = 0;
      for (const [q, cell] of quarters) {
        if (quarterStart(q + 1) > this.world.today) continue;
        forecast += cell.won[2]! + cell.commit[2]!;
        actual += cell.actual;
      }
      bias[region] = {
        forecast_usd: ticks(forecast),
        actual_usd: ticks(actual),
        bias: Math.round((forecast / actual - 1) * 10_000) / 10_000,
      };
    }
    return { biased_region: this.world.settings.planted.forecast.region, bias_at_4_weeks: bias };
  }

  /** Won amounts by quarter in US dollar ticks, for the company's accounts. */
  wonByQuarter(): Map<string, number> {
    const result = new Map<string, number>();
    for (const quarters of this.regions.values())
      for (const [q, cell] of quarters)
        result.set(quarterName(q), (result.get(quarterName(q)) ?? 0) + cell.actual);
    return result;
  }
}

/** How a deal stood at the start of a day. */
function stateOn(moments: readonly Moment[], on: number): Moment | undefined {
  let state: Moment | undefined;
  for (const moment of moments) {
    if (moment.on >= on) break;
    state = moment;
  }
  return state;
}

function dollars(world: World, deal: Deal, cents: number): number {
  return inDollars(world, deal, cents * 100);
}

function thousands(ticksOfDollars: number): string {
  return `${Math.round(ticksOfDollars / 10_000_000) * 1000}.00`;
}

function cells(map: Map<string, Map<number, Cell>>, key: string): Map<number, Cell> {
  let found = map.get(key);
  if (!found) map.set(key, (found = new Map()));
  return found;
}

function at(map: Map<number, Cell>, q: number): Cell {
  let cell = map.get(q);
  if (!cell) {
    const zeros = (): number[] => WEEKS.map(() => 0);
    map.set(q, (cell = { won: zeros(), commit: zeros(), best: zeros(), actual: 0 }));
  }
  return cell;
}
