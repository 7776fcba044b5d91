import { addMonths, iso } from './calendar.ts';
import type { Deal } from './deal.ts';
import { startOf } from './story.ts';
import { cents, ticks } from './money.ts';
import type { World } from './world.ts';

/** Opens deal_line_period: the years of lines whose price changes from year to year. */
export function openRamps(world: World): { deal(deal: Deal): void } {
  const file = world.folder.open(
    'tables/deal_line_period',
    `deal_line_id period_start period_end list_amount net_amount`,
  );
  return {
    deal(deal) {
      for (const line of deal.lines) {
        if (line.ramp === '') continue;
        const start = line.startsOn || startOf(deal.closesOn);
        const list = line.list / line.years.length;
        line.years.forEach((unit, year) => {
          const from = iso(addMonths(start, 12 * year));
          const to = iso(addMonths(start, 12 * (year + 1)));
          file.row(world.ids.line(line.number), from, to, ticks(list), cents((unit * line.quantity) / 100));
        });
      }
    },
  };
}
