import { date, days } from '../../design/formats.ts';
import { due, number, ofDeal, percent, type Saying } from './said.ts';

/** A request that waits while its deal is about to close. */
export const approval_pending: Saying = (finding) => {
  const limit = number(finding, 'limit');
  const over = limit === null ? '' : ` on a limit of ${percent(limit)}`;
  const waits = number(finding, 'days');
  const since = waits === null ? '' : `, waiting ${days(waits)}`;
  const evidence = finding.facts.evidence === true ? 'with' : 'without';
  return {
    why: `${percent(number(finding, 'asked'))} asked for${over}, ${evidence} value evidence${since}${due(finding)}`,
    todo: finding.act_by === null ? 'Decide it' : `Decide before ${date(finding.act_by)}`,
    proof: ofDeal(finding),
  };
};
