import { iso } from './calendar.ts';
import type { Deal } from './deal.ts';
import { inDollars, netTicks } from './deals.ts';
import { priced } from './lines.ts';
import { keepId } from './rates.ts';
import type { World } from './world.ts';

export interface ExceptionTruth {
  deals_over_limit: number;
  approved_before_close: number;
  approved_after_close: number;
  never_asked: number;
  never_asked_deal_ids: string[];
}

/** Writes discount_policy: what each role may grant alone. */
export function writePolicy(world: World): void {
  const { policy, approval_limits } = world.settings.company;
  const file = world.folder.open(
    'tables/discount_policy',
    `role product_family segment max_rate max_amount binds valid_from valid_to`,
  );
  for (const [role, rate] of Object.entries(policy)) {
    file.row(role, '', '', rate, '', 'line', '2022-02-01', '');
    if (role.startsWith('account_'))
      file.row(role, '', '', '', approval_limits.amount, 'deal', '2022-02-01', '');
  }
}

/** Opens price_exception: requests for what a rep may not grant alone, asked before, after, or never. */
export function openExceptions(world: World): { add(deal: Deal): void; truth: ExceptionTruth } {
  const { random, today, people } = world;
  const { approval_limits } = world.settings.company;
  const file = world.folder.open(
    'tables/price_exception',
    `exception_id deal_id requested_by requested_on requested_rate approved_rate approver_id decided_on decision
     reason criterion value_evidence`,
  );
  const truth: ExceptionTruth = {
    deals_over_limit: 0,
    approved_before_close: 0,
    approved_after_close: 0,
    never_asked: 0,
    never_asked_deal_ids: [],
  };
  return { add, truth };

  function add(deal: Deal): void {
    let highest = 0;
    let amount = 0;
    let pulled = false;
    for (const line of deal.lines) {
      if (!priced(line)) continue;
      const rate = ((line.list - netTicks(line)) / line.list) * 100;
      if (line.kind === 'discretionary' || line.kind === '') highest = Math.max(highest, rate);
      amount += Math.max(0, inDollars(world, deal, line.list - netTicks(line)));
      pulled ||= line.pulled;
    }
    const over = highest > approval_limits.rate || amount > approval_limits.amount * 10_000;
    if (!over) {
      if (pulled && random.chance(0.08))
        row(deal, approval_limits.rate + random.whole(2, 5), 0, -12, 'rejected');
      return;
    }
    const closed = deal.outcome === 'won';
    const chance = random.next();
    if (closed) truth.deals_over_limit++;
    if (deal.outcome === 'open' && chance < 0.3) return row(deal, highest, 0, 0, 'pending');
    if (chance < 0.73) {
      if (closed) truth.approved_before_close++;
      return row(deal, highest, highest, -random.whole(2, 14), 'approved');
    }
    if (!closed) return;
    if (chance < 0.85) {
      truth.approved_after_close++;
      return row(deal, highest, highest, random.whole(1, 20), 'approved');
    }
    truth.never_asked++;
    keepId(truth.never_asked_deal_ids, deal.id);
  }

  function row(deal: Deal, asked: number, granted: number, after: number, decision: string): void {
    const pending = decision === 'pending';
    const close = Math.min(deal.closesOn, today);
    const decided = Math.min(today - 1, Math.max(deal.createdOn + 2, close + after));
    const requested = pending
      ? today - random.whole(1, 12)
      : Math.max(deal.createdOn + 1, decided - random.whole(0, 8));
    const vice =
      asked > 30 ? people.all.find((one) => one.id === deal.place.managerId)!.places[0]!.managerId : '';
    const rate = asked.toFixed(1);
    const evidence = deal.valueRecorded && random.chance(0.7);
    file.row(
      `EX-${String(file.rows + 1).padStart(6, '0')}`,
      deal.id,
      deal.owner.id,
      iso(requested),
      rate,
      decision === 'approved' ? granted.toFixed(1) : '',
      pending ? '' : vice || deal.place.managerId,
      pending ? '' : iso(decided),
      decision,
      random.pick([
        'Competitive bid',
        'Strategic customer',
        'Quarter target',
        'Volume to come',
        'Long relationship',
      ]),
      random.chance(evidence ? 0.8 : 0.3) ? 'objective' : 'subjective',
      evidence ? 'value assessment' : '',
    );
  }
}
