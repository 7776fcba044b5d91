import type { Scope } from '$lib/access/scope.ts';
import { alone, dealsHref, downloadDoors, readAsking, requestOf, type Asking } from '$lib/asking/asking.ts';
import { periodWords } from '$lib/asking/periodWords.ts';
import { drawing } from '$lib/charts/render.ts';
import { period as periodName, rate } from '$lib/design/formats.ts';
import { channel, DEPENDENCE } from '$lib/questions/motions/channel.ts';
import { consumption } from '$lib/questions/motions/consumption.ts';
import { dots } from '$lib/questions/motions/dots.ts';
import { departmentDoors, expenseToBookings } from '$lib/questions/motions/expense.ts';
import { losses } from '$lib/questions/motions/losses.ts';
import { motionTable } from '$lib/questions/motions/motionTable.ts';
import { orUntold } from '$lib/questions/motions/orUntold.ts';
import { renewals } from '$lib/questions/motions/renewals.ts';
import { retention, retentionBars } from '$lib/questions/motions/retention.ts';
import {
  customerSplitOf,
  customerSplits,
  retentionBy,
  retentionColumns,
  retentionRow,
} from '$lib/questions/motions/retentionBy.ts';
import { meetings, touch } from '$lib/questions/motions/touch.ts';
import { whyMissing } from '$lib/questions/motions/whyMissing.ts';
import { explanationOf, type Basis } from '$lib/records/explanation.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { basisOf } from '$lib/statements/basis.ts';
import * as page from '$lib/statements/motions.ts';
import * as sections from '$lib/statements/motionSections.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { later } from '$lib/warehouse/firstAnswer.ts';
import type { Warehouse } from '$lib/warehouse/warehouse.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const asking = await readAsking(url.searchParams, warehouse);
    const split = customerSplitOf(url.searchParams, asking);
    return { found: await later(locals, () => foundIn(warehouse, asking, split, url, locals.scope)) };
  });

async function foundIn(
  warehouse: Warehouse,
  asking: Asking,
  split: ReturnType<typeof customerSplitOf>,
  url: URL,
  scope: Scope,
) {
  const { currency } = warehouse.build;
  const periods = periodWords(asking);
  const [motions, kept, by, due, cost, partners, small, committed, touched, met, why] = await Promise.all([
    motionTable(warehouse, asking, scope),
    orUntold(retention(warehouse, asking, scope)),
    orUntold(retentionBy(warehouse, asking, split, scope)),
    orUntold(renewals(warehouse, asking, scope, periodName)),
    expenseToBookings(warehouse, asking, scope),
    channel(warehouse, asking, scope),
    dots(warehouse, asking, scope),
    orUntold(consumption(warehouse, asking, scope)),
    orUntold(touch(warehouse, asking, scope)),
    orUntold(meetings(warehouse, asking, scope)),
    whyMissing(warehouse, asking, scope),
  ]);
  const lost = kept?.bridge && (await losses(warehouse, asking, kept.bridge.horizon.period!, scope));
  const about = (id: string, measures: string[], question: object = {}, counted?: Basis) =>
    explanationOf(
      warehouse,
      id,
      requestOf(alone(asking), { measures, ...question }),
      scope,
      counted ?? motions.answered,
    );
  /** What an explanation counts where that is not deals. */
  const counting = (n: number, one: string): Basis => ({ n, one, coverage: null });
  const link = (parameter: string, value: string) => {
    const search = new URLSearchParams(url.searchParams);
    search.set(parameter, value);
    return `?${search}`;
  };
  const year = page.yearOf(kept);
  const spanned = { ...alone(asking), period: year?.horizon.period ?? null };
  const asFiles = (measures: string[], groups: string[] = [], of = alone(asking)) =>
    downloadDoors(of, { measures, by: groups });
  return {
    currency,
    why,
    headline: page.motionsHeadline(kept, motions, periods),
    standfirst: page.motionsStandfirst(kept),
    nothing: motions.answered.n === 0 && kept === null,
    basis: basisOf(motions.answered),
    deals: dealsHref(asking),
    motions: {
      answer: sections.motionsInWords(motions, currency),
      columns: motions.columns,
      rows: motions.rows,
      drawing: motions.course.length > 0 ? drawing('motionBars', motions.course, currency) : null,
      explain: about('net_amount', ['net_amount', 'discount_rate', 'deals', 'cycle_days'], {
        by: ['motion'],
      }),
      downloads: asFiles(['net_amount', 'discount_rate', 'deals', 'cycle_days'], ['motion']),
    },
    retention: kept && {
      columns: retentionColumns(
        'Over',
        kept.spans.map(({ retained }) => retained),
      ),
      rows: kept.spans.map(({ horizon, retained }) =>
        retentionRow(horizon.id, horizon.label, retained, page.rateInterval),
      ),
      answer: page.retentionInWords(kept, periodName),
      note: page.retentionNote(why),
      drawing: drawing('courses', page.retentionCourses(kept)),
      any: kept.quarters.filter(({ net }) => net !== null).length > 1,
      explain: about(
        'gross_retention_steady',
        ['gross_retention_steady', 'net_retention_steady', 'net_retention', 'logo_retention'],
        { period: spanned.period },
        counting(year?.retained.customers ?? 0, 'customer'),
      ),
      downloads: asFiles(
        [
          ...['gross_retention_steady', 'net_retention_steady'],
          ...['gross_retention', 'net_retention', 'logo_retention', 'customers_start'],
        ],
        ['fiscal_quarter'],
        {
          ...alone(asking),
          period: null,
        },
      ),
    },
    bridge: kept?.bridge && {
      losses: lost,
      answer: page.bridgeInWords(kept.bridge, currency),
      drawing: drawing('dollarBridge', retentionBars(kept.bridge.parts), currency),
      explain: about(
        'recurring_end',
        Object.keys(kept.bridge.parts),
        { period: kept.bridge.horizon.period },
        counting(kept.bridge.customers, 'customer'),
      ),
      downloads: asFiles(Object.keys(kept.bridge.parts), ['account_id', 'account_name'], {
        ...alone(asking),
        period: kept.bridge.horizon.period,
      }),
    },
    by: by && {
      answer: sections.retentionByInWords(by),
      columns: retentionColumns(
        by.split.one,
        by.groups.map(({ retained }) => retained),
      ),
      rows: by.groups.map(({ name, retained }) => retentionRow(name, name, retained, page.rateInterval)),
      caption: `Retention by ${by.split.one}`,
      doors: customerSplits.map(({ id, label }) => ({
        ...{ label, href: link('by', id), current: id === split.id },
      })),
      explain: about(
        'net_retention_steady',
        ['net_retention_steady', 'gross_retention_steady', 'net_retention'],
        { by: [split.id], period: by.period },
        counting(
          by.groups.reduce((sum, { retained }) => sum + retained.customers, 0),
          'customer',
        ),
      ),
    },
    renewals: due && {
      answer: sections.renewalsInWords(due),
      columns: due.columns,
      rows: due.rows,
      explain: about(
        'on_time_renewal_rate',
        ['renewal_rate', 'on_time_renewal_rate', 'renewal_rate_by_amount'],
        {},
        counting(due.total.due, 'contract line'),
      ),
      downloads: asFiles(
        ['contracts_due', 'contracts_renewed', 'contracts_on_time', 'amount_due', 'amount_renewed'],
        ['fiscal_month'],
      ),
    },
    expense: cost && {
      answer: sections.expenseInWords(cost, currency),
      drawing: drawing('courses', sections.expenseCourses(cost)),
      any: cost.quarters.length > 1,
      doors: departmentDoors(cost, (value) => link('expense', value)),
      explain: about(
        'expense',
        ['expense'],
        { by: ['department'] },
        counting(cost.departments.filter(({ counted }) => counted).length, 'department'),
      ),
    },
    channel: partners && {
      answer: sections.channelInWords(partners),
      columns: partners.columns,
      rows: partners.rows,
      drawing: drawing(
        'partners',
        partners.partners.map(({ name, share, discountRate, deals }) => ({
          ...{ name, share, discount_rate: discountRate, line: DEPENDENCE, faint: deals < 10 },
        })),
      ),
      note: `To the right: share of all bookings; upwards: discount rate. The line stands at ${rate(DEPENDENCE, 0)}.`,
      priced: partners.partners.some(({ discountRate }) => discountRate !== null),
      explain: about('net_amount', ['net_amount', 'discount_rate'], { by: ['partner_id'] }),
      downloads: asFiles(['net_amount', 'discount_rate', 'deals'], ['partner_id']),
    },
    dots: small && {
      answer: sections.dotsInWords(small, currency),
      explain: about(
        'little_dots',
        ['little_dots', 'little_dot_deals'],
        { filters: small.filters },
        counting(small.deals, 'deal'),
      ),
      deals: small.href,
    },
    consumption: committed && {
      answer: sections.consumptionInWords(committed, currency),
      columns: committed.columns,
      rows: committed.rows,
      explain: about(
        'pro_forma_counted',
        ['committed_amount', 'pro_forma_amount', 'pro_forma_counted'],
        {},
        counting(committed.won.deals, 'deal'),
      ),
    },
    touch: touched && {
      answer: sections.touchInWords(touched),
      columns: touched.columns,
      rows: touched.rows,
      explain: about(
        'touch_rate',
        ['touch_rate', 'steps_known'],
        { by: ['step', 'motion'] },
        counting(touched.known, 'step'),
      ),
      downloads: asFiles(['touch_rate', 'steps_known'], ['step', 'motion']),
    },
    meetings: met && {
      answer: sections.meetingsInWords(met),
      columns: met.columns,
      rows: met.rows,
      explain: about(
        'people_ratio',
        ['people_ratio', 'meetings'],
        { by: ['motion'] },
        counting(met.meetings, 'meeting'),
      ),
    },
  };
}
