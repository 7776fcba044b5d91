import type { Activity } from '../../questions/ownership/survey.ts';

const roles: Record<string, [string, string]> = {
  csm: ['customer success manager', 'customer success managers'],
  account_executive: ['account executive', 'account executives'],
};

/** "account manager" from account_manager; a role nobody knows is said to be unknown. */
export function roleWords(role: string | null, several = false): string {
  if (role === null) return several ? 'owners of no known role' : 'no known role';
  const [one, many] = roles[role] ?? [role.replaceAll('_', ' '), `${role.replaceAll('_', ' ')}s`];
  return several ? many : one;
}

const influences: Record<string, string> = {
  tco: 'TCO',
  tco_post_sale: 'TCO after the sale',
  value_proposition: 'Value proposition',
};

/** An influence as the reader calls it. */
export const influenceWords = (influence: string): string =>
  influences[influence] ?? influence.replaceAll('_', ' ');

export const activityWords: Record<Activity, { one: string; several: string; title: string }> = {
  renewal: { one: 'renewal', several: 'renewals', title: 'Renewals' },
  upsell: { one: 'upsell', several: 'upsells', title: 'Upsells' },
  cross_sell: { one: 'cross-sell', several: 'cross-sells', title: 'Cross-sells' },
};

/** "filters by manager and product are not known here" for a note; empty where all are. */
export function ignoredWords(ignored: string[]): string {
  if (ignored.length === 0) return '';
  const names = [...new Set(ignored)].join(' and ');
  return `Shown for all: what is filtered by ${names} is not known of it.`;
}
