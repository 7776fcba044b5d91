import { due, number, percent, text, type Saying } from './said.ts';

const inWords = (role: string | null) => (role ?? 'unknown role').replaceAll('_', ' ');

/** A renewal that somebody holds who usually does not. */
export const renewal_role: Saying = (finding) => {
  const usual = inWords(text(finding, 'usual'));
  return {
    why: `held by the ${inWords(text(finding, 'role'))}; ${percent(
      number(finding, 'share'),
    )} of ${number(finding, 'n')} renewals are the ${usual}’s${due(finding)}`,
    todo: `Hand it to the ${usual}`,
    proof: '/ownership#handling',
  };
};
