import { date } from '../../design/formats.ts';
import { number, ofDeal, overLimit, percent, text, type Saying } from './said.ts';

/** A deal won over a limit without an approval of as much before its close. */
export const closed_unapproved: Saying = (finding, currency) => {
  const later = text(finding, 'approved_later');
  const closed = text(finding, 'closed');
  const approved = number(finding, 'approved');
  const nothing = approved === null ? 'no approval recorded' : `only ${percent(approved)} was approved`;
  return {
    why: `won${closed === null ? '' : ` ${date(closed)}`} at ${overLimit(finding, currency)}, ${
      later === null ? nothing : `approved only on ${date(later)}`
    }`,
    todo: `Review with ${finding.manager_name ?? 'the manager'} before the quarter is closed`,
    proof: ofDeal(finding),
  };
};
