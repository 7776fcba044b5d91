import { decimal } from '../../design/formats.ts';
import { due, number, ofDeal, percent, type Saying } from './said.ts';

/** An open deal beyond what comparable deals got, by a seller who keeps being there. */
export const beyond_comparable: Saying = (finding) => {
  const upper = number(finding, 'upper');
  const excess = decimal(number(finding, 'seller_excess') ?? 0, 1);
  return {
    why: `${percent(number(finding, 'rate'))} where three in four of ${number(finding, 'n')} comparable deals stay below ${percent(
      upper,
    )}; the seller’s ${number(finding, 'seller_deals')} won deals lie ${excess} pts above others’${due(finding)}`,
    todo: `Bring it back to ${percent(upper)}, or write down what the customer gives for it`,
    proof: ofDeal(finding),
  };
};
