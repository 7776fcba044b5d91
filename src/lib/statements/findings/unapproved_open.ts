import { date } from '../../design/formats.ts';
import { due, ofDeal, overLimit, percent, number, text, theLimit, type Saying } from './said.ts';

/** An open deal over a limit that nobody is asked about. */
export const unapproved_open: Saying = (finding, currency) => {
  const approved = number(finding, 'approved');
  const rejected = text(finding, 'rejected');
  const decided =
    approved !== null
      ? `only ${percent(approved)} was approved`
      : rejected !== null
        ? `the request was rejected on ${date(rejected)}`
        : 'nobody asked for approval';
  return {
    why: `${overLimit(finding, currency)}, ${decided}${due(finding)}`,
    todo: `Ask for approval with the value case, or hold at ${theLimit(finding, currency)}`,
    proof: ofDeal(finding),
  };
};
