import type { Scope } from '../../access/scope.ts';
import { loadedTables, type Absent } from '../../records/loaded.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';

export type ValueTopic =
  'recorded' | 'price' | 'network' | 'pipeline' | 'evidence' | 'rfp' | 'fit' | 'quality';

const absents: Record<ValueTopic, Absent> = {
  recorded: {
    what: 'No deal says what the offer is worth to the customer.',
    unlocks:
      'A table value_assessment (deal, outcome, persona, amount, evidence, date), or a field of the deal with its value to the customer, would show what is recorded, of which outcome, and whether the customer confirmed it.',
  },
  price: {
    what: 'There is no value to set prices against.',
    unlocks:
      'With values on deals the share of them that is charged would be shown; with the price of the next best choice also how much of the difference the price captures.',
  },
  network: {
    what: 'No value network is loaded.',
    unlocks:
      'Tables value_outcome and value_link (which difference leads to which outcome, and on to which) would draw it, and say which outcomes are final, so that none is counted twice.',
  },
  pipeline: {
    what: 'No value is recorded, so none of the pipeline can stand on it.',
    unlocks: 'Values on open deals, with who said so, would show how much of it the customer has confirmed.',
  },
  evidence: {
    what: 'Deals with recorded value can’t be compared with those without.',
    unlocks: 'Values on deals would show whether those that have one are discounted less and won more often.',
  },
  rfp: {
    what: 'No deal says how early we were in a request for proposal.',
    unlocks:
      'A field rfp_engagement (unknown, known_without_content, content_known, shaped) would show what part of the funnel we shaped, its trend, and how each was won and discounted.',
  },
  fit: {
    what: 'Deals don’t say both how new or risky the purchase is and which selling model was used.',
    unlocks:
      'Fields purchase_novelty, purchase_risk and selling_model would show whether the way of selling fits what the purchase is to the buyer.',
  },
  quality: {
    what: 'Nobody records the quality of selling.',
    unlocks:
      'Outcomes with amounts, people on the buying side who are allies, and behaviours such as insights offered would show it; counts of calls and mails would not.',
  },
};

/** Why a section has nothing to show: the fields that are not loaded, or nothing of the kind in what is asked for. */
export async function missingOfValue(
  warehouse: Warehouse,
  scope: Scope,
): Promise<Record<ValueTopic, Absent>> {
  const tables = await loadedTables(warehouse);
  const known = (table: string, column: string) => tables.get(table)?.known[column] ?? 0;
  const valued = known('value_assessment', 'value_amount') + known('deal', 'customer_value') > 0;
  const loaded: Record<ValueTopic, boolean> = {
    recorded: valued,
    price: valued,
    network: known('value_outcome', 'outcome_id') + known('value_link', 'from_outcome_id') > 0,
    pipeline: valued,
    evidence: valued,
    rfp: known('deal', 'rfp_engagement') > 0,
    fit:
      known('deal', 'selling_model') > 0 &&
      known('deal', 'purchase_novelty') + known('deal', 'purchase_risk') > 0,
    quality: known('contact_role', 'is_ally') + known('behaviour', 'deal_id') > 0 || valued,
  };
  const here =
    scope.kind === 'everything' ? 'in what is asked for' : 'in what is asked for, among the deals you see';
  const elsewhere = { what: `There is none ${here}.`, unlocks: 'Another period or filter may have some.' };
  return Object.fromEntries(
    (Object.keys(absents) as ValueTopic[]).map((topic) => [
      topic,
      loaded[topic] ? elsewhere : absents[topic],
    ]),
  ) as Record<ValueTopic, Absent>;
}
