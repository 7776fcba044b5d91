import { describe, expect, it } from 'vitest';
import { modelled } from './modelled.fixture.ts';

const deal = (deal_id: string, more = {}) => ({
  ...{ deal_id, account_id: 'acme', created_on: '2026-03-01', closed_on: '2026-05-04' },
  ...{ is_closed: true, is_won: true, amount: 1000, ...more },
});
const worth = (deal_id: string, outcome_id: string, value_amount: number | null, more = {}) => ({
  ...{ deal_id, outcome_id, value_amount, persona: 'buyer', evidence: 'rep_estimated' },
  ...{ assessed_on: '2026-04-01', ...more },
});
const outcome = (outcome_id: string, is_terminal: boolean | null = null, kind = 'outcome') => ({
  ...{ outcome_id, is_terminal, kind },
});
const link = (from_outcome_id: string, to_outcome_id: string) => ({ from_outcome_id, to_outcome_id });

describe('the value of a deal', () => {
  it('counts final outcomes alone, each once, through circles and whatever the source leaves unsaid', async () => {
    const { rows } = await modelled({
      deal: ['steps', 'circle', 'twice', 'persona', 'off'].map((id) => deal(id)),
      value_outcome: [
        outcome('D', null, 'differentiation'),
        outcome('A'),
        outcome('B'),
        outcome('T', true),
        outcome('U', true),
        outcome('P'),
        outcome('Q'),
      ],
      // A and B lead to each other and on to T; U is called final and leads to T; P and Q only lead to each other.
      value_link: [
        link('D', 'A'),
        link('A', 'B'),
        link('B', 'A'),
        link('B', 'T'),
        link('U', 'T'),
        link('P', 'Q'),
        link('Q', 'P'),
      ],
      value_assessment: [
        worth('steps', 'A', 500),
        worth('steps', 'T', 300),
        worth('circle', 'P', 80),
        worth('circle', 'Q', 70, { evidence: 'Customer confirmed' }),
        worth('twice', 'U', 900),
        worth('twice', 'T', 400),
        worth('persona', 'T', 100),
        worth('persona', 'T', 60, { persona: 'user' }),
        worth('off', 'U', 900),
      ],
    });
    expect(await rows('select outcome_id from core.value_place where is_final order by 1')).toEqual(
      ['P', 'Q', 'T', 'U'].map((outcome_id) => ({ outcome_id })),
    );
    expect(
      await rows(`select deal_id, value_base::double as value, confirmed_base::double as confirmed, value_evidence
        from marts.fact_deal_value order by deal_id`),
    ).toEqual([
      { deal_id: 'circle', value: 70, confirmed: 70, value_evidence: 'customer_confirmed' },
      { deal_id: 'off', value: 900, confirmed: null, value_evidence: 'rep_estimated' },
      { deal_id: 'persona', value: 100, confirmed: null, value_evidence: 'rep_estimated' },
      { deal_id: 'steps', value: 300, confirmed: null, value_evidence: 'rep_estimated' },
      { deal_id: 'twice', value: 400, confirmed: null, value_evidence: 'rep_estimated' },
    ]);
    const [sums] = await rows(`select (select sum(value_base) from marts.fact_deal_value)::double as deals,
      (select sum(counted_base) from marts.fact_value_assessment)::double as outcomes`);
    expect(sums).toEqual({ deals: 1770, outcomes: 1770 });
  });

  it('is set against price and next best, in one currency; what says nothing is flagged and has no share', async () => {
    const { rows } = await modelled({
      deal: [
        deal('plain', { next_best_price: 600 }),
        deal('euro', { currency: 'EUR', customer_value: 2000, next_best_price: 500 }),
        deal('dear'),
        deal('nothing', { next_best_price: 10 }),
        deal('worse', { next_best_price: 5000 }),
      ],
      fx_rate: [{ currency: 'EUR', on_date: '2026-01-01', rate_set: 'plan', rate_to_base: 1.2 }],
      value_assessment: [
        worth('plain', 'T', 1600),
        worth('dear', 'T', 800),
        worth('nothing', 'T', 0),
        worth('worse', 'T', 4000),
      ],
    });
    expect(
      await rows(`select deal_id, price_base::double as price, value_base::double as value, value_source,
          price_to_value, captured, value_less_price_base::double as preference, is_above_value, is_undefined
        from marts.fact_deal_value order by deal_id`),
    ).toEqual([
      {
        ...{ deal_id: 'dear', price: 1000, value: 800, value_source: 'outcomes', price_to_value: 1.25 },
        ...{ captured: null, preference: -200, is_above_value: true, is_undefined: false },
      },
      {
        ...{ deal_id: 'euro', price: 1200, value: 2400, value_source: 'the deal', price_to_value: 0.5 },
        ...{ captured: 600 / 1800, preference: 1200, is_above_value: false, is_undefined: false },
      },
      {
        ...{ deal_id: 'nothing', price: 1000, value: 0, value_source: 'outcomes', price_to_value: null },
        ...{ captured: null, preference: null, is_above_value: false, is_undefined: true },
      },
      {
        ...{ deal_id: 'plain', price: 1000, value: 1600, value_source: 'outcomes', price_to_value: 0.625 },
        ...{ captured: 0.4, preference: 600, is_above_value: false, is_undefined: false },
      },
      {
        ...{ deal_id: 'worse', price: 1000, value: 4000, value_source: 'outcomes', price_to_value: 0.25 },
        ...{ captured: null, preference: 3000, is_above_value: false, is_undefined: false },
      },
    ]);
  });

  it('is evidence of a deal only as far as it was there when the deal closed', async () => {
    const { rows } = await modelled({
      deal: [
        deal('before'),
        deal('later'),
        deal('confirmed later'),
        deal('undated'),
        deal('open', { is_closed: false, is_won: false, closed_on: '2026-12-01' }),
        deal('bare'),
        deal('odd'),
      ],
      value_assessment: [
        worth('before', 'T', 10, { evidence: 'customer_confirmed' }),
        worth('later', 'T', 10, { assessed_on: '2026-06-01' }),
        worth('confirmed later', 'T', 10),
        worth('confirmed later', 'U', 10, { assessed_on: '2026-06-01', evidence: 'customer_confirmed' }),
        worth('undated', 'T', 10, { assessed_on: null }),
        worth('open', 'T', 10, { evidence: 'customer_confirmed', assessed_on: '2026-11-01' }),
        worth('odd', 'T', 10, { evidence: 'hearsay' }),
      ],
    });
    expect(
      await rows('select deal_id, value_evidence, is_value_confirmed from marts.fact_deal order by deal_id'),
    ).toEqual(
      [
        ['bare', 'none', false],
        ['before', 'customer_confirmed', true],
        ['confirmed later', 'rep_estimated', true],
        ['later', 'after the close', false],
        ['odd', 'not said', false],
        ['open', 'customer_confirmed', true],
        ['undated', 'rep_estimated', false],
      ].map(([deal_id, value_evidence, is_value_confirmed]) => ({
        ...{ deal_id, value_evidence, is_value_confirmed },
      })),
    );
  });
});

describe('how a deal was sold', () => {
  it('fits what the purchase is to the buyer, as far as both are known', async () => {
    const given = [
      ['Trusted Expert', 'high', 'low', 'fits'],
      ['trusted_expert', 'low', 'low', 'does not fit'],
      ['Divide & Optimize', 'Low', 'low', 'fits'],
      ['divide_and_optimize', null, 'high', 'does not fit'],
      ['divide_and_optimize', null, 'low', null],
      ['trusted_expert', 'medium', 'low', null],
      [null, 'high', 'high', null],
    ] as const;
    const { rows } = await modelled({
      deal: given.map(([selling_model, purchase_novelty, purchase_risk], at) =>
        deal(`${at}`, { selling_model, purchase_novelty, purchase_risk }),
      ),
    });
    expect(await rows('select deal_id, model_fit from marts.fact_deal order by deal_id')).toEqual(
      given.map(([, , , model_fit], at) => ({ deal_id: `${at}`, model_fit })),
    );
  });

  it('tells four categories of requests for proposal, and quality but never activity', async () => {
    const { rows } = await modelled({
      deal: ['unknown', 'Known without content', 'content-known', 'Shaped', 'perhaps', null].map(
        (rfp_engagement, at) => deal(`${at}`, { rfp_engagement }),
      ),
      behaviour: [
        { deal_id: '0', name: 'Insight offered', observed_on: '2026-04-01', count: 2 },
        { deal_id: '0', name: 'call', observed_on: '2026-04-01', count: 40 },
        { deal_id: '1', name: 'Calls made', observed_on: '2026-04-01', count: 7 },
        { deal_id: '1', name: 'Mails', observed_on: '2026-04-01', count: 7 },
        { deal_id: '2', name: 'call_plan', observed_on: '2026-04-01', count: 1 },
      ],
      contact_role: [
        { deal_id: '0', contact_id: 'a', is_ally: true },
        { deal_id: '0', contact_id: 'b', is_ally: false },
      ],
    });
    expect(await rows('select rfp_engagement from marts.fact_deal order by deal_id')).toEqual(
      ['unknown', 'known_without_content', 'content_known', 'shaped', null, null].map((rfp_engagement) => ({
        rfp_engagement,
      })),
    );
    expect(
      await rows(`select deal_id, insights::integer as insights, allies::integer as allies, outcomes_quantified
        from marts.fact_selling_quality order by deal_id`),
    ).toEqual([
      { deal_id: '0', insights: 2, allies: 1, outcomes_quantified: null },
      { deal_id: '2', insights: 0, allies: null, outcomes_quantified: null },
    ]);
  });
});
