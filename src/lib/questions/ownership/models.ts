import type { Asking } from '../../asking/asking.ts';
import type { Scope } from '../../metrics/request.ts';
import { nearestModel, sideUnder, type Placed, type Side } from '../../statistics/nearestModel.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { rowsAsked } from './asked.ts';
import type { OwnershipSettings } from './settings.ts';
import { activities, type Activity } from './survey.ts';
import { cycles, growths, type Cycle, type Growth } from './vectors.ts';

/** What a segment's won deals show today: deals that sales handled, of those whose owner's role is known. */
export type Today = Record<Activity, { sales: number; deals: number }>;

export interface SegmentModel {
  segment: string | null;
  cycle: Cycle | null;
  growth: Growth | null;
  /** Null where one of the vectors is not known or rests on fewer than the minimum of deals. */
  placed: Placed | null;
  today: Today;
  /** Open deals that the model would give to the other side. */
  changing: { deals: number; net: number };
}

export interface ChangingDeal {
  deal_id: string;
  deal_name: string;
  account_name: string | null;
  segment: string | null;
  activity: Activity;
  rep_name: string | null;
  owner_role: string;
  to: Side;
  net: number;
}

export interface Models {
  segments: SegmentModel[];
  list: ChangingDeal[];
  /** Nobody's role is known: what segments do today can't be said. */
  noRoles: boolean;
}

/** Whoever manages the ongoing relationship, account managers and customer success alike, as the survey sums them. */
const relationship = `owner_role in ('csm', 'account_manager', 'customer_success', 'delivery_manager', 'renewal_manager')`;
const side = `case when owner_role is null then null when ${relationship} then 'customer success' else 'sales' end`;
const SHOWN = 15;

interface Handled {
  segment: string | null;
  activity: Activity;
  side: Side | null;
  is_open: boolean;
  deals: number;
  net: number;
}

/**
 * Which model fits each segment: its two vectors, the nearest of document 002's three options, what the segment does
 * today and which open deals would change hands.
 */
export async function models(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  settings: Pick<OwnershipSettings, 'cycle' | 'newSales' | 'features'>,
): Promise<Models> {
  const open = rowsAsked(asking, 'handling', scope, ['not is_closed'], false);
  const won = rowsAsked(asking, 'handling', scope, ['is_won']);
  const handled = async ({ sql, parameters }: typeof open, is_open: boolean) =>
    (
      await warehouse.remember(`handled ${JSON.stringify([sql, parameters])}`, () =>
        warehouse.rows<Omit<Handled, 'is_open'>>(
          `select segment, activity, ${side} as side, count(*)::double as deals,
             coalesce(sum(net_amount_base), 0)::double as net
           from ${sql} group by all`,
          parameters,
        ),
      )
    ).map((row): Handled => ({ ...row, is_open }));
  const [cycle, growth, ofWon, ofOpen] = await Promise.all([
    cycles(warehouse, asking, scope),
    growths(warehouse, asking, scope, settings.features),
    handled(won, false),
    handled(open, true),
  ]);
  const names = [...new Set([...cycle, ...growth, ...ofWon].map(({ segment }) => segment))];
  const segments = names
    .sort((a, b) => Number(a === null) - Number(b === null) || String(a).localeCompare(String(b), 'en'))
    .map((segment) => segmentModel(segment, cycle, growth, [...ofWon, ...ofOpen], settings));
  return {
    segments,
    list: await changingDeals(warehouse, asking, scope, segments),
    noRoles: ofWon.length > 0 && ofWon.every(({ side: at }) => at === null),
  };
}

function segmentModel(
  segment: string | null,
  cycle: Cycle[],
  growth: Growth[],
  handled: Handled[],
  settings: Pick<OwnershipSettings, 'cycle' | 'newSales'>,
): SegmentModel {
  const own = cycle.find((one) => one.segment === segment) ?? null;
  const grown = growth.find((one) => one.segment === segment) ?? null;
  const enough = Math.min(own?.deals ?? 0, grown?.deals ?? 0) >= MINIMUM_DEALS;
  const placed =
    own && grown && grown.share !== null && enough
      ? nearestModel(
          { value: own.days, interval: own.interval, cut: settings.cycle },
          { value: grown.share, interval: grown.interval, cut: settings.newSales },
        )
      : null;
  const here = handled.filter((row) => row.segment === segment && row.side !== null);
  const today = Object.fromEntries(
    activities.map((activity) => {
      const rows = here.filter((row) => !row.is_open && row.activity === activity);
      const deals = (some: Handled[]) => some.reduce((sum, row) => sum + row.deals, 0);
      return [activity, { sales: deals(rows.filter((row) => row.side === 'sales')), deals: deals(rows) }];
    }),
  ) as Today;
  const moving = placed
    ? here.filter((row) => row.is_open && row.side !== sideUnder(placed.model, row.activity))
    : [];
  return {
    ...{ segment, cycle: own, growth: grown, placed, today },
    changing: {
      deals: moving.reduce((sum, row) => sum + row.deals, 0),
      net: moving.reduce((sum, row) => sum + row.net, 0),
    },
  };
}

/** The open deals that would change hands, largest first. */
async function changingDeals(
  warehouse: Warehouse,
  asking: Asking,
  scope: Scope,
  segments: SegmentModel[],
): Promise<ChangingDeal[]> {
  const { sql, parameters } = rowsAsked(asking, 'handling', scope, ['not is_closed'], false);
  const wanted = segments.flatMap(({ segment, placed }) =>
    placed
      ? activities.map((activity) => ({ segment, activity, to: sideUnder(placed.model, activity) }))
      : [],
  );
  if (wanted.length === 0) return [];
  const bound = { ...parameters, wanted: JSON.stringify(wanted) };
  return warehouse.remember(`changing hands ${sql} ${JSON.stringify(bound)}`, () =>
    warehouse.rows<ChangingDeal>(
      `with wanted as (
         select unnest(from_json($wanted::varchar, '[{"segment":"VARCHAR","activity":"VARCHAR","to":"VARCHAR"}]'), recursive := true)
       )
       select deal_id, deal_name, account_name, handled.segment, handled.activity, rep_name, owner_role, wanted."to",
         coalesce(net_amount_base, 0)::double as net
       from ${sql} handled
       join wanted on wanted.segment is not distinct from handled.segment and wanted.activity = handled.activity
       where ${side} <> wanted."to"
       order by net desc, deal_id limit ${SHOWN}`,
      bound,
    ),
  );
}
