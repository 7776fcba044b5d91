import { fail, redirect } from '@sveltejs/kit';
import { answersFolder } from '$lib/answers/answersFolder.ts';
import { countAnswers, isCounting } from '$lib/answers/countAnswers.ts';
import { decisionsWaiting, newDecisionId, readDecision, saveDecision } from '$lib/answers/decisions.ts';
import { Unanswerable } from '$lib/answers/submission.ts';
import { alone, downloadDoors, readAsking } from '$lib/asking/asking.ts';
import { count } from '$lib/design/formats.ts';
import { statuses } from '$lib/questions/findings/finding.ts';
import {
  findingById,
  findingCounts,
  findingList,
  readFindingOrder,
  readShown,
} from '$lib/questions/findings/findingList.ts';
import { leftToActOn } from '$lib/questions/findings/things.ts';
import { notWatched } from '$lib/questions/findings/watched.ts';
import { asFarAs } from '$lib/questions/ownership/fitting.ts';
import { readPage } from '$lib/records/dealList.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { choicesOf, findingsHeadline } from '$lib/statements/findings/list.ts';
import { saidOf } from '$lib/statements/findings/sayings.ts';
import { listTable, statusLabels } from '$lib/statements/findings/tables.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { Actions, PageServerLoad } from './$types';

/** What a file of the list holds of each finding. */
const taken = [
  ...['finding_id', 'finding_kind', 'finding_state', 'finding_outcome', 'finding_status', 'finding_note'],
  ...['deal_id', 'deal_name', 'account_id', 'account_name', 'rep_name', 'manager_name', 'region'],
  ...['happened_on', 'act_by', 'first_seen_on', 'last_seen_on'],
];

const dayIn = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());

const without = (search: URLSearchParams, name: string) => {
  const rest = new URLSearchParams(search);
  rest.delete(name);
  return rest;
};

export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const { currency, time_zone } = warehouse.build;
    const search = url.searchParams;
    const asking = await readAsking(search, warehouse, 'all');
    const shown = readShown(search.get('show'));
    const order = readFindingOrder(search.get('sort'));
    const page = readPage(search.get('page'));
    const openId = search.get('open');
    const [list, counts, left, waiting, missing, open] = await Promise.all([
      findingList(warehouse, asking, { shown, order, page }, scope),
      findingCounts(warehouse, asking, scope),
      leftToActOn(warehouse, asking, scope),
      decisionsWaiting(warehouse, scope),
      notWatched(warehouse),
      openId === null ? null : findingById(warehouse, openId, scope),
    ]);
    const decide = (id: string) => {
      const next = new URLSearchParams(search);
      next.set('open', id);
      return `/findings?${next}#decide`;
    };
    const known = alone(asFarAs({ ...asking, period: null }, 'finding').asking);
    const measure = shown === 'there' ? 'finding_amount' : 'finding_amount_gone';
    return {
      ...findingsHeadline(counts, left, currency),
      choices: choicesOf(counts, search, shown),
      table: listTable(list.rows, { currency, waiting, decide, shown }),
      list: { count: list.count, amount: list.amount, page: list.page, pages: list.pages },
      basis:
        count(list.count, 'finding') +
        (list.ignored.length > 0 ? ` · not narrowed by ${list.ignored.join(', ')}` : ''),
      currency,
      order,
      shown,
      missing,
      waiting: { decisions: waiting.size, counting: isCounting() },
      downloads: downloadDoors(known, { measures: [measure], by: taken }),
      open: open && {
        id: open.finding_id,
        name: open.deal_name ?? open.account_name ?? open.finding_id,
        ...saidOf(open, currency),
        status: waiting.get(open.finding_id)?.status ?? open.status,
        note: waiting.get(open.finding_id)?.note ?? open.note ?? '',
        by: open.decided_by,
        submission: newDecisionId(dayIn(time_zone)),
        closes: `/findings?${without(search, 'open')}#list`,
      },
      statuses: statuses.map((value) => ({ value, label: statusLabels[value] })),
    };
  });

export const actions: Actions = {
  default: async ({ request, url, locals: { scope } }) => {
    const warehouse = await currentWarehouse();
    const form = await request.formData();
    try {
      const decision = readDecision(form);
      // Only what the reader sees can be decided about.
      if (!(await findingById(warehouse, decision.finding, scope)))
        throw new Unanswerable('submission', 'That finding is not there any more. Load the page again.');
      saveDecision(answersFolder(warehouse.file), decision);
    } catch (error) {
      if (!(error instanceof Unanswerable)) throw error;
      const filled = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
      return fail(400, {
        field: error.field,
        message: error.message,
        filled: filled as Record<string, string>,
      });
    }
    countAnswers(warehouse.file);
    redirect(303, `/findings?${without(url.searchParams, 'open')}#list`);
  },
};
