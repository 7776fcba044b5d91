import { date } from '../../design/formats.ts';
import { ofDeal, overLimit, text, type Saying } from './said.ts';

/** A deal won over a limit without an approval before its close. */
export const closed_unapproved: Saying = (finding, currency) => {
  const later = text(finding, 'approved_later');
  const closed = text(finding, 'closed');
  return {
    why: `won${closed === null ? '' : ` ${date(closed)}`} at ${overLimit(finding, currency)}, ${
      later === null ? 'no approval recorded' : `approved only on ${date(later)}`
    }`,
    todo: `Review with ${finding.manager_name ?? 'the manager'} before the quarter is closed`,
    proof: ofDeal(finding),
  };
};
