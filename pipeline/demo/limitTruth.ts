import type { Deal } from './deal.ts';
import { keepId } from './rates.ts';
import type { World } from './world.ts';

/** Keeps count of rates at round numbers and of those drawn back to the approval limit; all deals, won or not. */
export class LimitTruth {
  private readonly world: World;
  private pulled = 0;
  private pulledWon = 0;
  private readonly ids: string[] = [];
  private readonly at = new Map<number, number>();

  constructor(world: World) {
    this.world = world;
  }

  add(deal: Deal): void {
    for (const line of deal.lines) {
      if (!line.draws || line.ramp !== '') continue;
      this.at.set(line.permille, (this.at.get(line.permille) ?? 0) + 1);
      if (!line.pulled) continue;
      this.pulled++;
      if (deal.outcome === 'won') this.pulledWon++;
      keepId(this.ids, this.world.ids.line(line.number));
    }
  }

  result() {
    const { limit } = this.world.settings.planted;
    let near = 0;
    for (const [permille, n] of this.at)
      if (permille >= limit.rate * 10 - 5 && permille <= limit.rate * 10) near += n;
    return {
      rate: limit.rate,
      lines_pulled: this.pulled,
      won_lines_pulled: this.pulledWon,
      lines_at_or_half_a_point_below: near,
      lines_at: Object.fromEntries(
        [5, 10, 15, 20, 25, 30].map((rate) => [rate, this.at.get(rate * 10) ?? 0]),
      ),
      pulled_deal_line_ids: this.ids,
    };
  }
}
