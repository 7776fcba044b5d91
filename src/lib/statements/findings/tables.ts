import { count, date, moneyInWords } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import type { Finding, FindingStatus } from '../../questions/findings/finding.ts';
import { OF_A_KIND, type Week, type WeekFinding } from '../../questions/findings/week.ts';
import { kindLabels, outcomeInWords, saidOf } from './sayings.ts';

/** Statuses as they are read. */
export const statusLabels: Record<FindingStatus, string> = {
  open: 'open',
  accepted: 'accepted',
  done: 'done',
  not_a_problem: 'no problem',
};

const nameOf = ({ deal_name, account_name, finding_id }: Finding) => deal_name ?? account_name ?? finding_id;

/** What the finding is about: its deal, else its customer. */
export function subjectHref({ deal_id, account_id }: Finding): string | undefined {
  if (deal_id !== null) return `/deals/${encodeURIComponent(deal_id)}`;
  return account_id === null ? undefined : `/customers/${encodeURIComponent(account_id)}`;
}

/** `new`, or since when it has been there; without a week before, since when it is known to have happened. */
export function sinceInWords({ state, first_seen_on, happened_on }: Finding): string {
  if (state === 'new') return 'new';
  if (state === 'still open') return date(first_seen_on);
  return happened_on === null ? '' : date(happened_on);
}

const weekColumns: Column[] = [
  { id: 'what', label: 'Deal or customer', sortable: false },
  { id: 'owner', label: 'Owner', sortable: false, phone: 'line', oneLine: true },
  { id: 'why', label: 'What is wrong', sortable: false, phone: 'line' },
  { id: 'todo', label: 'What to do', sortable: false, phone: 'line' },
  { id: 'since', label: 'Since', sortable: false, phone: 'line', oneLine: true },
  { id: 'amount', label: 'At stake', unit: 'money', sortable: false, phone: 'figure' },
];

const managed = ({ manager_name }: Finding): Record<string, string> =>
  manager_name === null ? {} : { owner: `manager ${manager_name}` };

/** Where several findings are one thing to act on, its name is the customer's, and the rest is counted. */
function several({ findings, kind, account_name }: WeekFinding): { what?: string; more: string } {
  if (findings === 1) return { more: '' };
  const isDeal = ['unapproved_open', 'approval_pending', 'closed_unapproved', 'beyond_comparable'].includes(
    kind,
  );
  if (isDeal) return { more: ', and found by another rule' };
  return { what: account_name ?? undefined, more: `, the largest of ${findings} at this customer` };
}

/** The week's exceptions as a table; each leads to its deal or customer, and its reason to the page that proves it. */
export function weekTable(found: Week, currency: string): { columns: Column[]; rows: Row[]; total: Row } {
  const rows = found.shown.map((finding): Row => {
    const { why, todo, proof } = saidOf(finding, currency);
    const { what, more } = several(finding);
    return {
      key: finding.finding_id,
      href: subjectHref(finding),
      cells: {
        what: what ?? nameOf(finding),
        owner: finding.rep_name,
        why: `${why}${more}`,
        todo,
        since: sinceInWords(finding),
        amount: finding.together,
      },
      links: { why: proof },
      notes: managed(finding),
    };
  });
  const sum = found.shown.reduce((total, { together }) => total + together, 0);
  const name = rows.length < found.things ? `${rows.length} of ${count(found.things, 'thing')}` : 'All';
  return { columns: weekColumns, rows, total: { key: 'total', cells: { what: name, amount: sum } } };
}

const settledWords = { recovered: 'recovered', lapsed: 'lapsed', gone: 'gone otherwise' } as const;

/** What became of the findings of the week before, in one sentence; empty where no week before is known. */
export function settledInWords({ settled, before }: Week, currency: string): string {
  if (before === null) return '';
  if (settled.length === 0) return ` All that was there on ${date(before)} still is.`;
  const parts = settled.map(
    ({ state, findings, amount }) =>
      `${count(findings)} ${settledWords[state]} (${moneyInWords(amount, currency)})`,
  );
  return ` Of what was there on ${date(before)}: ${parts.join(', ')}.`;
}

/** How many findings there are, and how many things they are about where several are one thing to act on. */
export const weekBasis = ({ findings, things }: Pick<Week, 'findings' | 'things'>): string =>
  count(findings, 'open finding') + (things < findings ? ` about ${count(things, 'thing')}` : '');

/** The answer of the week's section. */
export function weekAnswer(found: Week, currency: string): string {
  if (found.things === 0)
    return `Nothing is found that can still be changed.${settledInWords(found, currency)}`;
  const sum = found.shown.reduce((total, { together }) => total + together, 0);
  const shown =
    found.shown.length < found.things
      ? `The ${count(found.shown.length, 'thing')} to begin with${found.shown.length > OF_A_KIND ? `, at most ${OF_A_KIND} of a kind` : ''}, worth ${moneyInWords(sum, currency)} that can still be changed.`
      : `${count(found.things, 'thing')} worth ${moneyInWords(sum, currency)} that can still be changed.`;
  return `${shown}${settledInWords(found, currency)}`;
}

/** What is settled since the week before, as a table; null where nothing is. */
export function settledTable(
  { settledShown }: Week,
  currency: string,
): { columns: Column[]; rows: Row[] } | null {
  if (settledShown.length === 0) return null;
  return {
    columns: [
      { id: 'what', label: 'Gone since the week before', sortable: false },
      { id: 'owner', label: 'Owner', sortable: false, phone: 'line', oneLine: true },
      { id: 'why', label: 'What was wrong', sortable: false, phone: 'line' },
      { id: 'became', label: 'What became of it', sortable: false, phone: 'line' },
      { id: 'amount', label: 'Was at stake', unit: 'money', sortable: false, phone: 'figure' },
    ],
    rows: settledShown.map((finding) => ({
      key: finding.finding_id,
      href: subjectHref(finding),
      cells: {
        what: nameOf(finding),
        owner: finding.rep_name,
        why: saidOf(finding, currency).why,
        became: `${finding.state}: ${outcomeInWords(finding)}`,
        amount: finding.amount,
      },
    })),
  };
}

/** Decisions that no build has counted yet, by finding. */
export type Waiting = ReadonlyMap<string, { status: FindingStatus }>;

/** The list of findings as a table; `decide` is where a finding is decided about. */
export function listTable(
  rows: readonly Finding[],
  {
    currency,
    waiting,
    decide,
    shown,
  }: { currency: string; waiting: Waiting; decide: (id: string) => string; shown: 'there' | 'gone' },
): { columns: Column[]; rows: Row[] } {
  const isThere = shown === 'there';
  return {
    columns: [
      { id: 'what', label: 'Deal or customer' },
      { id: 'kind', label: 'Kind', phone: 'line' },
      { id: 'owner', label: 'Owner', phone: 'line', oneLine: true },
      { id: 'why', label: isThere ? 'What is wrong' : 'What was wrong', sortable: false, phone: 'line' },
      isThere
        ? { id: 'todo', label: 'What to do', sortable: false, phone: 'line' }
        : { id: 'became', label: 'What became of it', sortable: false, phone: 'line' },
      { id: 'since', label: isThere ? 'Since' : 'Gone', phone: 'line', oneLine: true },
      { id: 'status', label: 'Status', phone: 'line' },
      { id: 'amount', label: isThere ? 'At stake' : 'Was at stake', unit: 'money', phone: 'figure' },
    ],
    rows: rows.map((finding): Row => {
      const { why, todo, proof } = saidOf(finding, currency);
      const waits = waiting.get(finding.finding_id);
      const note: Record<string, string> = waits
        ? { status: 'counts with the next build' }
        : finding.note
          ? { status: finding.note }
          : {};
      return {
        key: finding.finding_id,
        href: subjectHref(finding),
        cells: {
          what: nameOf(finding),
          kind: kindLabels[finding.kind],
          owner: finding.rep_name,
          why,
          todo,
          became: `${finding.state}: ${outcomeInWords(finding)}`,
          since: isThere ? sinceInWords(finding) : date(finding.gone_on),
          status: statusLabels[waits?.status ?? finding.status],
          amount: finding.amount,
        },
        links: { why: proof, status: decide(finding.finding_id) },
        notes: { ...managed(finding), ...note },
        faint: ['done', 'not_a_problem'].includes(waits?.status ?? finding.status),
      };
    }),
  };
}
