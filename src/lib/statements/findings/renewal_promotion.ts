import { date } from '../../design/formats.ts';
import { number, ofDeal, percent, text, type Saying } from './said.ts';

/** A contract about to be renewed at what was a promotion. */
export const renewal_promotion: Saying = (finding) => ({
  why: `${text(finding, 'product') ?? 'a contract'} comes due ${date(text(finding, 'due'))} at the ${percent(
    number(finding, 'rate'),
  )} promotion it was first sold at`,
  todo:
    finding.facts.has_renewal === true
      ? 'Take the promotion off the renewal'
      : 'Open the renewal, without the promotion',
  proof: ofDeal(finding),
});
