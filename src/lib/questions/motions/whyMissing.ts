import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../access/scope.ts';
import { dimensionById } from '../../metrics/request.ts';
import { loadedTables, type Absent } from '../../records/loaded.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export type Topic =
  'retention' | 'due' | 'expense' | 'channel' | 'dots' | 'consumption' | 'touch' | 'meetings';

export interface Why {
  /** What recurring amounts are read from. */
  basis: 'subscription' | 'deal line';
  /** Whether the source says which contract renews which. */
  namesRenewals: boolean;
  missing: Record<Topic, Absent>;
}

/** Ends of what is missing: the same table may be there and say nothing for what is asked. */
const elsewhere = {
  what: 'Nothing of this kind is in what is asked for.',
  unlocks: 'Another period may have some.',
};

const absents: Record<Topic, Absent> = {
  retention: {
    what: 'Nothing is known to recur: there are no subscriptions, and no won lines with a term and a price per month or year.',
    unlocks: 'Either would show what is kept, lost and added among customers who were there.',
  },
  due: {
    what: 'No contract says when it comes due.',
    unlocks: 'Renewal dates would show what is renewed, in time or late.',
  },
  expense: {
    what: 'No expense of a department that sells is loaded.',
    unlocks:
      'Spend by department and month would show what a dollar of bookings costs, plain and with discounts.',
  },
  channel: {
    what: 'No won deal names a partner.',
    unlocks:
      'Partners on deals would show how dependent bookings are on few of them, and what discount each gets.',
  },
  dots: {
    what: 'No won line is an expansion.',
    unlocks: 'Deal types or motions would show how much comes from many small expansions.',
  },
  consumption: {
    what: 'No deal tells what was committed and what is only expected.',
    unlocks: 'Committed and pro-forma amounts would show whether expected consumption is counted as sold.',
  },
  touch: {
    what: 'Which steps of deals needed a person is not recorded.',
    unlocks: 'It would show where each motion costs hands.',
  },
  meetings: {
    what: 'Nobody recorded who came to sales meetings.',
    unlocks: 'Attendance would show whether we come with too many people.',
  },
};

/** Why a section has nothing to show: what is not loaded, what the reader filters by, or what nothing fits. */
export async function whyMissing(warehouse: Warehouse, asking: Asking, scope: Scope): Promise<Why> {
  const tables = await loadedTables(warehouse);
  const known = (table: string, column: string) => tables.get(table)?.known[column] ?? 0;
  const hasSubscriptions = (tables.get('subscription')?.rows ?? 0) > 0;
  const loaded: Record<Topic, boolean> = {
    retention: hasSubscriptions || known('deal_line', 'term_months') > 0,
    due:
      known('subscription', 'renewal_due_on') > 0 ||
      (!hasSubscriptions && known('deal_line', 'term_months') > 0),
    expense: known('expense', 'amount') > 0,
    channel: known('deal', 'partner_id') > 0,
    dots: (tables.get('deal')?.rows ?? 0) > 0 && known('deal', 'type') + known('deal_line', 'deal_type') > 0,
    consumption: known('deal', 'committed_amount') + known('deal', 'pro_forma_amount') > 0,
    touch: known('deal_touch', 'touched') > 0,
    meetings: known('meeting', 'our_people') > 0,
  };
  const facts = {
    retention: 'account_month',
    due: 'account_month',
    consumption: 'consumption_deal',
    touch: 'deal_touch',
    meetings: 'meeting',
  } as const;
  const untold = (topic: Topic): Absent | null => {
    const fact = (facts as Partial<Record<Topic, (typeof facts)[keyof typeof facts]>>)[topic];
    const filter = fact && asking.filters.find(({ dimension }) => !dimensionById.get(dimension)?.sql[fact]);
    if (!filter) return null;
    const { label } = dimensionById.get(filter.dimension)!;
    return {
      what: `This is not told by ${label.toLowerCase()}.`,
      unlocks: 'Without that filter it is shown.',
    };
  };
  const companyOnly = asking.filters.length > 0 || scope.kind !== 'everything';
  const missing = Object.fromEntries(
    (Object.keys(absents) as Topic[]).map((topic) => {
      if (!loaded[topic]) return [topic, absents[topic]];
      if (topic === 'expense' && companyOnly)
        return [
          topic,
          {
            what: 'Expense is the whole company’s.',
            unlocks: 'Without filters it is compared with bookings.',
          },
        ];
      return [topic, untold(topic) ?? elsewhere];
    }),
  ) as Record<Topic, Absent>;
  return {
    basis: hasSubscriptions ? 'subscription' : 'deal line',
    namesRenewals: known('subscription', 'renews_subscription_id') > 0,
    missing,
  };
}
