import { dealsHref, downloadDoors, requestOf } from '$lib/asking/asking.ts';
import { drawing, halfWide } from '$lib/charts/render.ts';
import { count } from '$lib/design/formats.ts';
import type { Column, Row } from '$lib/design/table.ts';
import { approvals, type Approvals } from '$lib/questions/discipline/approvals.ts';
import { requestsHref } from './requests/requestsHref.ts';
import { approvers, type ApproverBenchmark } from '$lib/questions/discipline/approvers.ts';
import { askedOf } from '$lib/questions/discipline/askedOf.ts';
import { inPeriod } from '$lib/questions/discipline/inPeriod.ts';
import { funnelRows } from '$lib/questions/teams/funnelRows.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import * as words from '$lib/statements/discipline/approvals.ts';
import { MINIMUM_DEALS } from '$lib/statistics/standOut.ts';
import type { Asked } from './asked.ts';

const columns: Column[] = [
  { id: 'approval', label: 'Approved', sortable: false },
  { id: 'deals', label: 'Deals', unit: 'count', sortable: false, phone: 'figure' },
  { id: 'share', label: 'Share', unit: 'rate', bar: true, sortable: false, phone: 'line' },
];

const approverColumns: Column[] = [
  { id: 'name', label: 'Approver', sortable: false },
  { id: 'requests', label: 'Requests', unit: 'count', sortable: false, phone: 'figure' },
  { id: 'granted', label: 'Granted', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'believed', label: 'Believed', unit: 'rate', sortable: false, phone: 'line' },
  { id: 'depth', label: 'Of list', unit: 'rate', sortable: false, phone: 'line' },
];

function timing(found: Approvals, href: (approval: string) => string): Row[] {
  const rows = [
    { key: 'before', name: 'before the close', deals: found.before },
    { key: 'after', name: 'only after the close', deals: found.after },
    { key: 'none', name: 'never', deals: found.none },
  ];
  return rows.map(({ key, name, deals }) => ({
    key,
    href: href(key),
    faint: found.overLimit < MINIMUM_DEALS,
    cells: { approval: name, deals, share: found.overLimit > 0 ? deals / found.overLimit : null },
    ...(key !== 'before' && deals > 0 ? { alarm: ['deals'] } : {}),
  }));
}

/** By name: who decided how much, and what is believed of their grant rate once chance is taken out. */
function approverRows(
  granted: ApproverBenchmark,
  depth: ApproverBenchmark,
  href: (approver: string) => string,
): Row[] {
  const depths = new Map(depth.units.map((unit) => [unit.unit, unit]));
  return granted.units
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en'))
    .map((unit): Row => {
      const deep = depths.get(unit.unit);
      return {
        key: unit.unit,
        href: href(unit.unit),
        faint: unit.compared === null,
        cells: {
          name: unit.name,
          requests: unit.deals,
          granted: unit.observed / unit.weight,
          believed:
            unit.compared && Math.min(1, (unit.compared.believed.ratio * unit.expected) / unit.weight),
          depth: deep ? deep.observed / deep.weight : null,
        },
        notes: unit.compared ? {} : { believed: 'too few to compare' },
      };
    });
}

/** Whether what is over the limit was approved, in time, and by whom. */
export async function approvalsSection({ warehouse, asking, scope, priced }: Asked) {
  const { currency } = warehouse.build;
  const [found, who, quarters] = await Promise.all([
    approvals(warehouse, asking, scope),
    approvers(warehouse, asking, scope),
    inPeriod(warehouse, asking),
  ]);
  const known = askedOf(asking, 'over_limit').asking;
  const requests = askedOf(asking, 'exception').asking;
  const figure = (kind: words.ApproverKind, judged: ApproverBenchmark) => ({
    any: judged.units.some(({ compared }) => compared),
    answer: words.approversInWords(kind, judged),
    drawing: halfWide(
      drawing(
        'funnel',
        funnelRows({ ...judged, measure: { better: 'neither' } }, (unit) =>
          words.approverInWords(kind, unit),
        ),
      ),
    ),
  });
  return {
    looked: words.approversLooked(who),
    shown: (stands: (id: string) => boolean) => {
      const granted = words.judgedOnPage('granted', who.granted, stands);
      const depth = words.judgedOnPage('depth', who.depth, stands);
      return {
        said: words.approvalsSaid(found, currency, quarters),
        anyPolicy: found.anyPolicy,
        isPriced: priced,
        anyRequest: found.anyRequest,
        answer: words.approvalsInWords(found),
        note: words.approvalsNote(found, currency),
        basis: count(found.overLimit, 'deal'),
        columns,
        rows: found.anyRequest ? timing(found, (approval) => dealsHref(asking, { approval })) : [],
        deals: dealsHref(asking, { approval: ['before', 'after', 'none'] }),
        downloads: downloadDoors(known, {
          measures: ['over_limit_deals', 'over_limit_amount'],
          by: ['approval'],
        }),
        explain: {
          ...explanationOf(
            warehouse,
            'never_approved',
            requestOf(known, {
              measures: ['over_limit_deals', 'approved_before', 'approved_after', 'never_approved'],
            }),
            scope,
            { n: found.overLimit, coverage: null },
          ),
          notes: [
            'Held to the policy of the day of the first request, else of the close: line by line, or the deal as a whole, as the policy says.',
            'Approved before: a decision “approved” on or before the day of the close, for at least what was given away.',
          ],
        },
        approvers: {
          answer: words.approversTogether(granted, depth),
          basis: count(who.decided, 'request'),
          requests: requestsHref(asking, null),
          granted: figure('granted', granted),
          depth: figure('depth', depth),
          columns: approverColumns,
          rows: approverRows(granted, depth, (approver) => requestsHref(asking, approver)),
          downloads: downloadDoors(requests, {
            measures: ['requests', 'grant_rate', 'granted_percent', 'decision_days'],
            by: ['approver_id', 'approver_name'],
          }),
          explain: {
            ...explanationOf(
              warehouse,
              'grant_rate',
              requestOf(requests, { measures: ['grant_rate', 'requests'], by: ['approver_name'] }),
              scope,
              { n: who.decided, coverage: null, one: 'request' },
            ),
            source: 'Spiegelhalter 2005, Statistics in Medicine 24, 1185–1202; Morris 1983, JASA 78, 47–55',
            notes: [
              'Expected: what other approvers do with requests of the same role of approver, depth asked and segment; how deep, of the same role, segment, deal type and size.',
              `From ${MINIMUM_DEALS} requests on; “believed” is drawn towards the others where there is little to go by.`,
            ],
          },
        },
      };
    },
  };
}
