import { count, decimal, moneyInWords, rate } from '../../design/formats.ts';
import type { ApproverBenchmark, Approvers } from '../../questions/discipline/approvers.ts';
import type { Approvals } from '../../questions/discipline/approvals.ts';
import type { RequestsOf } from '../../questions/discipline/requestsOf.ts';
import type { TeamUnit } from '../../questions/teams/teamBenchmarks.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import { wilson } from '../../statistics/wilson.ts';
import type { Looked, Said } from './section.ts';

const kinds = ['granted', 'depth'] as const;
export type ApproverKind = (typeof kinds)[number];

const idOf = (kind: ApproverKind, { unit }: Pick<TeamUnit, 'unit'>) => `approver/${kind}/${unit}`;

/** The comparisons of approvers with each other. */
export const approversLooked = (approvers: Approvers): Looked[] =>
  kinds.flatMap((kind) =>
    approvers[kind].units.flatMap((unit) =>
      unit.compared ? [{ id: idOf(kind, unit), p: unit.compared.p }] : [],
    ),
  );

/** Approvers on their funnel with what may be stated marked: outside the limits, and surviving on the page. */
export function judgedOnPage(
  kind: ApproverKind,
  found: ApproverBenchmark,
  stands: (id: string) => boolean,
): ApproverBenchmark {
  const units = found.units.map((unit) => ({
    ...unit,
    compared: unit.compared && { ...unit.compared, stands: unit.compared.clear && stands(idOf(kind, unit)) },
  }));
  return { ...found, units };
}

/** "98.6% granted, 97.1% expected, 212 requests". */
export function approverInWords(kind: ApproverKind, { observed, expected, weight, deals }: TeamUnit): string {
  const of = kind === 'granted' ? 'granted' : 'of list granted';
  return `${rate(observed / weight)} ${of}, ${rate(expected / weight)} expected, ${count(deals, 'request')}`;
}

/** Who grants more or less than others, in a sentence. */
export function approversInWords(kind: ApproverKind, found: ApproverBenchmark): string {
  const compared = found.units.filter((unit) => unit.compared);
  const standing = compared.filter((unit) => unit.compared!.stands);
  const what = kind === 'granted' ? 'grants' : 'grants discounts of';
  if (compared.length === 0)
    return `No approver has decided ${MINIMUM_DEALS} requests or more that vary and can be compared.`;
  if (standing.length === 0)
    return `${count(compared.length, 'approver')} ${kind === 'granted' ? 'grant such requests about as often as each other' : 'grant about as much of list on such requests'}: the differences are within chance.`;
  return standing
    .slice(0, 2)
    .map(
      (unit) =>
        `${unit.name} ${what} ${rate(unit.observed / unit.weight)}${kind === 'granted' ? ' of requests' : ''}; others ${kind === 'granted' ? 'grant' : 'give'} ${rate(unit.expected / unit.weight)} on such requests.`,
    )
    .join(' ');
}

/** Who grants more often, and who grants more where that was compared. */
export const approversTogether = (granted: ApproverBenchmark, depth: ApproverBenchmark): string =>
  [
    approversInWords('granted', granted),
    ...(depth.units.some(({ compared }) => compared) ? [approversInWords('depth', depth)] : []),
  ].join(' ');

/** What one approver decided, or all of them (null): the same figures as beside their names. */
export function requestsInWords(
  name: string | null,
  { count: decided, approved, depth }: Pick<RequestsOf, 'count' | 'approved' | 'depth'>,
): string {
  if (decided === 0) return 'No decided request is known of what is asked about.';
  const of = `${count(approved)} of ${count(decided, 'request')}`;
  const granted =
    name === null ? `${of} ${approved === 1 ? 'was' : 'were'} granted` : `${name} granted ${of}`;
  return depth === null ? `${granted}.` : `${granted}, ${rate(depth)} of the list they are about.`;
}

/** How many deals over their limit were approved, and when. */
export function approvalsInWords({ overLimit, before, after, none, anyRequest, time }: Approvals): string {
  if (overLimit === 0) return 'No deal was won over the limit of its seller.';
  const over = `${count(overLimit, 'deal')} ${overLimit === 1 ? 'was' : 'were'} won over the limit of ${overLimit === 1 ? 'its seller' : 'their sellers'}`;
  if (!anyRequest) return `${over}; who approved them is not recorded.`;
  const told = `${over}: ${rate(before / overLimit, 0)} approved before the close, ${count(after)} only after it, ${count(none)} never.`;
  if (!time) return told;
  return `${told} A decision takes ${decimal(time.median, 0)} days (median; half take ${decimal(time.lower, 0)} to ${decimal(time.upper, 0)}).`;
}

/** What stands beside it: the money, the interval, and by what requests are decided. */
export function approvalsNote(found: Approvals, currency: string): string {
  const { overLimit, after, none, unapprovedAmount, objectiveShare, withCriterion, ignored } = found;
  const interval = wilson(after + none, overLimit);
  const parts = [];
  if (interval && found.anyRequest)
    parts.push(
      `Without an approval in time: ${rate((after + none) / overLimit)} (95% interval ${rate(interval.low)} to ${rate(interval.high)}), ${moneyInWords(unapprovedAmount, currency)} beyond the limits.`,
    );
  if (objectiveShare !== null)
    parts.push(
      `Of ${count(withCriterion, 'decided request')} whose criterion is known, ${rate(objectiveShare, 0)} ${withCriterion === 1 ? 'was' : 'were'} decided by an objective one, the rest by a subjective one.`,
    );
  if (ignored.length > 0) parts.push(`Not narrowed by ${ignored.join(', ')}, which is told of lines alone.`);
  return parts.join(' ');
}

/** What of it may stand in the headline: a share is a fact, said when it is of enough deals, over so many quarters. */
export function approvalsSaid(found: Approvals, currency: string, quarters: number): Said[] {
  const { overLimit, after, none, unapprovedAmount, anyRequest, ignored } = found;
  const late = after + none;
  // A figure that is wider than what is asked for does not lead the page.
  if (ignored.length > 0) return [];
  if (!anyRequest || overLimit < MINIMUM_DEALS || late === 0) return [];
  return [
    {
      headline: `${rate(late / overLimit, 0)} of deals over the limit closed without approval`,
      sentence: `Of ${count(overLimit, 'deal')} won over the limit of their sellers, ${count(none)} were never approved and ${count(after)} only after the close: ${moneyInWords(unapprovedAmount, currency)} beyond the limits.`,
      section: 'approvals',
      dollars: (unapprovedAmount * 4) / quarters,
    },
  ];
}
