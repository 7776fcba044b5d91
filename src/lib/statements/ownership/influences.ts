import { count, date, rate } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import type { Pattern, PatternId } from '../../questions/ownership/antiPatterns.ts';
import type { Clarity, Influences } from '../../questions/ownership/influences.ts';
import { stageNames } from '../../questions/ownership/stage.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import { influenceWords, roleWords } from './words.ts';

/** Which stage the figures are judged by. */
export function stageInWords({ stages }: Influences, chosen: number | null): string {
  if (chosen !== null)
    return `Judged as if the organisation stood at stage ${chosen}, ${stageNames[chosen]}, all the time.`;
  if (stages.length === 0) return 'The organisation’s stage is not configured.';
  const steps = stages.map(({ stage, from }) => `stage ${stage} (${stageNames[stage]}) from ${date(from)}`);
  return `Judged by the stage of each day, as configured: ${steps.join(', ')}.`;
}

/** Ownership clarity, with what else was found. */
export function clarityInWords({ all, recorded, noStage }: Influences, dealsAsked: number): string {
  const reach =
    dealsAsked > recorded
      ? ` It is recorded for ${count(recorded)} of ${count(dealsAsked, 'deal')}; of the rest nothing is known.`
      : '';
  if (noStage)
    return `Which role has to own what depends on the organisation’s stage, which is not configured; choose one above.${reach}`;
  if (all.days === 0) return `No cell has to be owned in the time asked about.${reach}`;
  const share = (days: number) => rate(days / all.days);
  return `Ownership was clear on ${share(all.one)} of influence days; on ${share(all.none)} nobody owned the influence, on ${share(all.several)} several did and on ${share(all.wrongRole)} one person of another role.${reach}`;
}

export const clarityColumns: Column[] = [
  { id: 'name', label: 'Influence', sortable: false },
  { id: 'required', label: 'To be owned by', sortable: false },
  { id: 'one', label: 'Clear', unit: 'rate', bar: true, sortable: false, phone: 'figure' },
  { id: 'none', label: 'None', unit: 'rate', sortable: false },
  { id: 'several', label: 'Several', unit: 'rate', sortable: false },
  { id: 'wrong', label: 'Wrong role', unit: 'rate', sortable: false },
  { id: 'deals', label: 'Deals', unit: 'count', sortable: false },
];

function required({ rules, stages }: Influences, influence: string, chosen: number | null): string {
  const at = chosen === null ? stages.map(({ stage }) => stage) : [chosen];
  const said = rules
    .filter((rule) => rule.influence === influence && at.includes(rule.stage))
    .map(({ stage, role, role_if_partner_led: led, is_inferred }) => {
      const who =
        led === role ? roleWords(role) : `${roleWords(led)} if partner-led, else ${roleWords(role)}`;
      const inferred = is_inferred ? ' (inferred)' : '';
      return { stage, who: who + inferred };
    });
  const different = new Set(said.map(({ who }) => who));
  if (different.size < 2) return said[0]?.who ?? '';
  return said.map(({ stage, who }) => `stage ${stage}: ${who}`).join('; ');
}

/** One row an influence, and one for all. */
export function clarityRows(found: Influences, chosen: number | null): Row[] {
  const row = (one: Clarity, name: string, who: string): Row => ({
    key: one.influence,
    cells: {
      name,
      required: who,
      one: one.one / one.days,
      none: one.none / one.days,
      several: one.several / one.days,
      wrong: one.wrongRole / one.days,
      deals: one.deals,
    },
    faint: one.deals < MINIMUM_DEALS,
  });
  return found.byInfluence.map((one) =>
    row(one, influenceWords(one.influence), required(found, one.influence, chosen)),
  );
}

const titles: Record<PatternId, { title: string; why: string; days: string }> = {
  tco_undefined: {
    title: 'Nobody owns TCO',
    why: 'nobody feels responsible for the customer’s TCO calculation',
    days: 'Days without',
  },
  tco_with_account_manager: {
    title: 'The account manager owns TCO',
    why: 'the technical and the commercial relationship blur, and a cheaper solution may be missed',
    days: 'Days so',
  },
  two_roles: {
    title: 'Two of our roles speak to the technical buyer about TCO',
    why: 'the technical buyer hears conflicting messages',
    days: 'Days so',
  },
  partner_led: {
    title: 'Partner-led, and TCO is not with the partner manager',
    why: 'statements on TCO have to come by the partner',
    days: 'Days so',
  },
  joined_late: {
    title: 'The delivery manager joined late',
    why: 'the document says “as early as possible”',
    days: 'Days before close',
  },
  lagging: {
    title: 'Owned as the stage before would have it',
    why: 'the organisation moved up a stage and the allocation did not',
    days: 'Days so',
  },
};

export const patternTitle = (id: PatternId): string => titles[id].title;

/** What is wrong with it, and how often it was found. */
export function patternInWords({ id, deals, of }: Pattern, late: number): string {
  const limit =
    id === 'joined_late'
      ? ` Fewer than ${count(late, 'day')} before the close is late here; the limit is ours.`
      : '';
  if (of === 0) return `It could happen to no deal asked about.${limit}`;
  return `${count(deals)} of ${count(of, 'deal')} it could happen to (${rate(deals / of, 0)}): ${titles[id].why}.${limit}`;
}

export const patternColumns = (id: PatternId): Column[] => [
  { id: 'name', label: 'Deal', sortable: false },
  { id: 'account', label: 'Customer', sortable: false },
  { id: 'rep', label: 'Rep', sortable: false },
  { id: 'state', label: 'Deal is', sortable: false },
  { id: 'days', label: titles[id].days, unit: 'count', sortable: false, phone: 'figure' },
];

/** Deals shown on the page; the rest is behind the link. */
const SHOWN = 12;

/** All that were fetched, as a list of deals to open. */
export function patternDeals({ list, deals }: Pattern): { label: string; href: string } | null {
  if (list.length <= SHOWN) return null;
  const search = new URLSearchParams({
    period: 'all',
    // The list keeps won deals unless told otherwise; most of these are open or lost.
    is_closed: 'true,false,',
    deal_id: list.map(({ deal_id }) => deal_id).join(','),
  });
  return {
    label: deals > list.length ? `the first ${list.length} deals` : `all ${count(deals)} deals`,
    href: `/deals?${search}`,
  };
}

/** The deals behind a pattern. */
export function patternRows({ list }: Pattern): Row[] {
  return list.slice(0, SHOWN).map((deal) => ({
    key: deal.deal_id,
    href: `/deals/${encodeURIComponent(deal.deal_id)}`,
    cells: {
      name: deal.deal_name,
      account: deal.account_name,
      rep: deal.rep_name,
      state: deal.is_closed ? 'closed' : 'open',
      days: deal.days,
    },
  }));
}

/** The patterns at a glance. */
export function patternsInWords(patterns: Pattern[]): string {
  const most = patterns
    .filter(({ of, deals }) => of >= MINIMUM_DEALS && deals > 0)
    .toSorted((a, b) => b.deals - a.deals)[0];
  if (!most) return 'None of them was found.';
  return `Found most often: ${titles[most.id].title[0]!.toLowerCase()}${titles[most.id].title.slice(1)}, on ${count(most.deals)} of ${count(most.of, 'deal')}.`;
}
