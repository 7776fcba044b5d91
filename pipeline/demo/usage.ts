import { addMonths, iso } from './calendar.ts';
import type { Account } from './customers.ts';
import { quantity } from './money.ts';
import type { Subscription } from './story.ts';
import type { World } from './world.ts';

/** Opens usage: what customers used of what they bought, quarter by quarter; some never start. */
export function openUsage(world: World): { account(account: Account, subscriptions: Subscription[]): void } {
  const { random, today, firstDay } = world;
  const file = world.folder.open(
    'tables/usage',
    `account_id product_id capability period_start quantity bought_quantity`,
  );
  return {
    account(account, subscriptions) {
      if (!random.chance(0.4)) return;
      const rows = new Map<string, [used: number, bought: number]>();
      for (const one of subscriptions) {
        const never = random.chance(0.07);
        const late = random.whole(0, 4);
        const rate = 0.45 + 0.5 * random.next();
        for (let n = 0; ; n++) {
          const on = addMonths(one.from, 3 * n);
          if (on >= Math.min(one.until, today)) break;
          if (on < firstDay) continue;
          const started = !never && n >= late / 2;
          const used = started
            ? Math.round((one.quantity / 100) * Math.min(1.1, rate * (1 + 0.03 * n))) * 100
            : 0;
          const key = `${one.product.id},all,${iso(on).slice(0, 8)}01`;
          const sums = rows.get(key) ?? [0, 0];
          rows.set(key, [sums[0] + used, sums[1] + one.quantity]);
        }
      }
      for (const [key, [used, bought]] of rows)
        file.line(`${account.id},${key},${quantity(used)},${quantity(bought)}`);
    },
  };
}
