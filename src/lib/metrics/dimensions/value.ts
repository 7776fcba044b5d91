import type { Dimension } from '../definition.ts';
import { column, ofDeal, text } from './columns.ts';

/** How the deal was sold. */
const selling = (id: string, label: string, definition: string): Dimension => ({
  ...{ id, label, definition, type: 'text' },
  sql: { deal: id, deal_line: ofDeal(id, 'core.deal_selling') },
});

/** What a deal is worth to the customer, and how it was sold. */
export const value: readonly Dimension[] = [
  {
    id: 'value_evidence',
    label: 'Evidence of value',
    definition:
      "Best evidence of the deal's value when it closed: customer_confirmed, rep_estimated, not said, none, or after the close where it was recorded only then; of an assessment its own.",
    type: 'text',
    sql: {
      ...column('value_evidence', ['deal', 'deal_value', 'value_assessment']),
      deal_line: `coalesce(${ofDeal('value_evidence', 'core.deal_value')}, 'none')`,
    },
  },
  {
    id: 'has_value',
    label: 'Value recorded',
    definition: 'Whether a value to the customer above zero is recorded of the deal.',
    type: 'boolean',
    sql: {
      ...column('coalesce(value_base > 0, false)', ['deal', 'deal_value']),
      deal_line: `coalesce(${ofDeal('value_base', 'core.deal_value')} > 0, false)`,
    },
  },
  {
    id: 'has_commitment',
    label: 'Consumption deal',
    definition: 'Whether the deal tells what was committed, or what is expected beyond it.',
    type: 'boolean',
    sql: {
      ...column('deal_id in (select deal_id from marts.fact_consumption_deal)', ['deal', 'deal_line']),
      consumption_deal: 'true',
    },
  },
  text('outcome_id', 'Outcome (id)', 'The outcome of the value network.', ['value_assessment']),
  text('outcome_name', 'Outcome', 'What the outcome is called.', ['value_assessment']),
  text('persona', 'Persona', 'To whom the outcome is worth that much.', ['value_assessment']),
  {
    id: 'is_above_value',
    label: 'Priced above value',
    definition: 'Whether the price is above the value recorded.',
    type: 'boolean',
    sql: { deal_value: 'is_above_value' },
  },
  selling(
    'rfp_engagement',
    'Request for proposal',
    'How early we were in it: unknown before it came, known_without_content, content_known, shaped; nothing where there was none or nobody says.',
  ),
  selling('selling_model', 'Selling model', 'How it was sold: trusted_expert or divide_and_optimize.'),
  selling('purchase', 'Purchase', 'What the purchase is to the buyer: new or risky, or familiar and safe.'),
  selling('model_fit', 'Fit of the selling model', 'Whether the selling model fits the purchase.'),
];
