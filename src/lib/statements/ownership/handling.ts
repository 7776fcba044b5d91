import { count, moneyInWords, rate } from '../../design/formats.ts';
import type { Column, Row } from '../../design/table.ts';
import type { Handling, Mix } from '../../questions/ownership/handling.ts';
import { activities, hows, survey2019 } from '../../questions/ownership/survey.ts';
import type { Interval } from '../../statistics/bootstrap.ts';
import { MINIMUM_DEALS } from '../../statistics/standOut.ts';
import { activityWords, roleWords } from './words.ts';

const whole = ({ mixes }: Handling) => mixes.filter(({ band, deals }) => band === null && deals > 0);

/** Ours above the survey's, for the picture. */
export function mixBars(
  handling: Handling,
  by: 'deals' | 'dollars',
): { activity: string; who: string; how: string; share: number }[] {
  return whole(handling).flatMap(({ activity, shares }) => {
    const title = activityWords[activity].title;
    return [
      ...shares.map(({ how, share, netShare }) => ({
        ...{ activity: title, who: 'ours', how },
        share: (by === 'deals' ? share : netShare) ?? 0,
      })),
      ...hows.map((how) => ({
        activity: title,
        who: '2019 survey',
        how,
        share: survey2019.mix[activity][how],
      })),
    ];
  });
}

const mixName = (mix: Mix, currency: string, [small, large]: [number, number]) =>
  mix.band === null
    ? `${activityWords[mix.activity].title}, all`
    : `${activityWords[mix.activity].title}, ${
        [
          `below ${moneyInWords(small, currency)}`,
          `${moneyInWords(small, currency)} to ${moneyInWords(large, currency)}`,
          `above ${moneyInWords(large, currency)}`,
        ][mix.band]
      }`;

/** By number of deals, or by dollars. */
export const mixColumns = (by: 'deals' | 'dollars'): Column[] => [
  { id: 'name', label: 'Contract', sortable: false },
  by === 'deals'
    ? { id: 'n', label: 'Deals', unit: 'count', sortable: false, phone: 'figure' }
    : { id: 'n', label: 'Net', unit: 'money', sortable: false, phone: 'figure' },
  { id: 'alone', label: 'Seller alone', unit: 'rate', sortable: false },
  { id: 'with others', label: 'With others', unit: 'rate', sortable: false },
  { id: 'not involved', label: 'Not involved', unit: 'rate', sortable: false },
  { id: 'survey', label: 'Survey: involved', sortable: false, phone: 'line' },
];

const between = (interval: Interval | null) =>
  interval ? `${rate(interval.low, 0)} to ${rate(interval.high, 0)}` : '';

/** One row for each activity and band; below the minimum of deals it is grey. */
export function mixRows(
  { mixes }: Handling,
  by: 'deals' | 'dollars',
  currency: string,
  bands: [number, number],
): Row[] {
  return mixes
    .filter(({ deals, band }) => deals > 0 || band === null)
    .map((mix): Row => {
      const survey =
        mix.band === null
          ? rate(1 - survey2019.mix[mix.activity]['not involved'], 0)
          : survey2019.involved[mix.activity][mix.band]!;
      return {
        key: `${mix.activity} ${mix.band}`,
        cells: {
          name: mixName(mix, currency, bands),
          n: by === 'deals' ? mix.deals : mix.net,
          survey,
          ...Object.fromEntries(
            mix.shares.map((one) => [one.how, by === 'deals' ? one.share : one.netShare]),
          ),
        },
        notes: Object.fromEntries(
          mix.shares.map((one) => [one.how, between(by === 'deals' ? one.interval : one.netInterval)]),
        ),
        faint: mix.deals < MINIMUM_DEALS,
      };
    });
}

/** How often the original seller is part of it, activity by activity. */
export function mixInWords(handling: Handling): string {
  const said = activities.flatMap((activity) => {
    const mix = whole(handling).find((one) => one.activity === activity);
    if (!mix || mix.deals < MINIMUM_DEALS) return [];
    const out = mix.shares.find(({ how }) => how === 'not involved')!;
    return [`${rate(1 - (out.share ?? 0), 0)} of ${activityWords[activity].several}`];
  });
  if (said.length === 0)
    return 'Too few renewals and expansions with a known original seller were won to say who handles them.';
  return `The original seller has a hand in ${said.join(', ').replace(/, ([^,]*)$/, ' and $1')} won.`;
}

/** What the figures rest on, and what they can't see. */
export function mixNote(handling: Handling): string {
  const unknown = handling.mixes.reduce((sum, mix) => sum + (mix.band === null ? mix.unknown : 0), 0);
  return [
    'Small print under a share is its 95% interval; by dollars it rests on as many deals as their sizes are worth.',
    handling.noTeam ? 'No deal team is loaded: “alone” may be “with others”.' : '',
    handling.sellerTold !== null && handling.sellerTold < 1
      ? `For ${rate(1 - handling.sellerTold, 0)} the original seller is taken from the customer’s first new-business deal.`
      : '',
    unknown > 0 ? `Left out: ${count(unknown, 'deal')} whose original seller is not known.` : '',
  ]
    .filter(Boolean)
    .join(' ');
}

export const roleColumns: Column[] = [
  { id: 'name', label: 'Role of the owner', sortable: false },
  { id: 'deals', label: 'Renewals closed', unit: 'count', sortable: false, phone: 'figure' },
  { id: 'share', label: 'Share', unit: 'rate', bar: true, sortable: false, phone: 'line' },
  { id: 'won', label: 'Won', unit: 'rate', sortable: false, phone: 'line' },
];

/** Roles that held renewals, most first. */
export function roleRows({ renewalRoles }: Handling): Row[] {
  const all = renewalRoles.reduce((sum, { deals }) => sum + deals, 0);
  return renewalRoles.map(({ role, deals, won }) => ({
    key: role ?? '',
    cells: {
      name: roleWords(role),
      deals,
      share: all > 0 ? deals / all : null,
      won: deals > 0 ? won / deals : null,
    },
    faint: deals < MINIMUM_DEALS,
  }));
}

/** Which role holds most renewals, and what share lies elsewhere. */
export function rolesInWords({ renewalRoles }: Handling): string {
  const known = renewalRoles.filter(({ role }) => role !== null);
  const all = known.reduce((sum, { deals }) => sum + deals, 0);
  const [first, ...others] = known;
  if (!first) return 'In which role the owners of renewals stood is not known.';
  const rest = all - first.deals;
  if (rest === 0) return `All renewals that closed were held by ${roleWords(first.role, true)}.`;
  return `${roleWords(first.role, true).replace(/^./, (letter) => letter.toUpperCase())} hold most renewals; ${rate(rest / all)} of those that closed (${count(rest)} of ${count(all)}) were held by ${others.map(({ role }) => roleWords(role, true)).join(', ')}.`;
}
