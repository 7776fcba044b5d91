import { date } from '../../design/formats.ts';
import { text, type Saying } from './said.ts';

/** A billed discount whose last day is near. */
export const discount_ending: Saying = (finding) => {
  const code = text(finding, 'code');
  return {
    why: `${code === null ? 'a billed discount' : `discount ${code}`} ends ${date(text(finding, 'ends'))}`,
    todo: 'See that the bill after that day comes without it',
    proof: finding.account_id === null ? '/leakage' : `/customers/${encodeURIComponent(finding.account_id)}`,
  };
};
