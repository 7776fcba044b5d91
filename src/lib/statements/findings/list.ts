import { count, moneyInWords } from '../../design/formats.ts';
import type { Door } from '../../design/doors.ts';
import { findingKinds, statuses, type FindingStatus } from '../../questions/findings/finding.ts';
import type { FindingCount, Shown } from '../../questions/findings/findingList.ts';
import type { Left } from '../../questions/findings/things.ts';
import { kindLabels } from './sayings.ts';
import { statusLabels } from './tables.ts';

const isThere = ({ state }: FindingCount) => ['new', 'still open', 'first week'].includes(state);
const sum = (counts: readonly FindingCount[]) => counts.reduce((total, { findings }) => total + findings, 0);
const isLeft = ({ status }: FindingCount) => status === 'open' || status === 'accepted';

/** The page's headline: what is left to act on, and what is new of it. */
export function findingsHeadline(
  counts: readonly FindingCount[],
  { findings, things, amount }: Left,
  currency: string,
): { finding: string; standfirst: string } {
  const there = counts.filter(isThere);
  const left = there.filter(isLeft);
  if (there.length === 0)
    return {
      finding: 'Nothing is found that can still be acted on.',
      standfirst: 'What is watched, and what is not for want of data, stands below.',
    };
  const fresh = left.filter(({ state }) => state === 'new');
  const decided = sum(there) - findings;
  const parts = [
    there.some(({ state }) => state !== 'first week')
      ? `${count(sum(fresh))} of them are new this week.`
      : 'These exports are the first of their weeks: next week’s say what is new, what is still open and what became of the rest.',
    decided > 0
      ? `${count(decided)} more ${decided === 1 ? 'is' : 'are'} decided as done or no problem.`
      : '',
    'A deal found by several rules is in the list with each of them, and counts once here.',
  ];
  return {
    finding: `${count(findings, 'finding')}${things < findings ? ` about ${count(things, 'thing')}` : ''} worth ${moneyInWords(amount, currency)} can still be acted on.`,
    standfirst: parts.filter((part) => part !== '').join(' '),
  };
}

/** One way to narrow the list down, with how many findings it holds. */
export interface Choice extends Door {
  current: boolean;
}

function narrowed(search: URLSearchParams, name: string, value: string | null): string {
  const next = new URLSearchParams(search);
  for (const one of ['page', 'open']) next.delete(one);
  if (value === null) next.delete(name);
  else next.set(name, value);
  return `/findings${next.size > 0 ? `?${next}` : ''}#list`;
}

/** The list's kinds, statuses and whether findings are there or gone, each a link with its count. */
export function choicesOf(
  counts: readonly FindingCount[],
  search: URLSearchParams,
  shown: Shown,
): { kinds: Choice[]; statuses: Choice[]; shown: Choice[] } {
  const listed = counts.filter((one) => isThere(one) === (shown === 'there'));
  const choice = (name: string, value: string | null, label: string, of: FindingCount[]): Choice => ({
    label: `${label} ${count(sum(of))}`,
    href: narrowed(search, name, value),
    current: (search.get(name) ?? null) === value,
  });
  const ofKind = (kind: string) => listed.filter((one) => one.kind === kind);
  const ofStatus = (status: FindingStatus) => listed.filter((one) => one.status === status);
  return {
    kinds: [
      choice('finding_kind', null, 'all kinds', listed),
      ...findingKinds
        .filter((kind) => ofKind(kind).length > 0)
        .map((kind) => choice('finding_kind', kind, kindLabels[kind].toLowerCase(), ofKind(kind))),
    ],
    statuses: [
      choice('finding_status', null, 'any status', listed),
      ...statuses.map((status) => choice('finding_status', status, statusLabels[status], ofStatus(status))),
    ],
    shown: [
      choice('show', null, 'there now', counts.filter(isThere)),
      choice(
        'show',
        'gone',
        'gone in the last weeks',
        counts.filter((one) => !isThere(one)),
      ),
    ],
  };
}
