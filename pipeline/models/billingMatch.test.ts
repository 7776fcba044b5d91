import { beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../checks/runChecks.ts';
import { soldAndBilled } from './billingMatch.fixture.ts';
import { modelled, type Given, type Modelled } from './modelled.fixture.ts';

describe('sold set against billed', () => {
  let model: Modelled;
  beforeAll(async () => {
    model = await modelled(soldAndBilled);
  });

  /** Of each part its cause, what was sold and billed of it, and the difference. */
  const matches = async (where: string) =>
    (
      await model.rows(
        `select concat_ws(' ', cause, sold_amount::double, billed_amount::double, coalesce(difference_base::double::varchar, 'unknown')) as said
         from marts.fact_billing_match where ${where} order by happened_on, invoice_line_id, sold_amount`,
      )
    ).map(({ said }) => String(said).replaceAll(/\.0(?= |$)/g, ''));

  it.each([
    ['as sold', ['matched 1200 1200 0']],
    ['by quarters', ['matched 300 300 0', 'matched 300 300 0', 'matched 300 300 0', 'matched 300 300 0']],
    // Six dollars in twelve hundred are half a percent.
    ['a little less', ['matched 1200 1194.01 0']],
    ['cents', ['matched 12 11.05 0']],
    ['another price', ['price 1200 1100 -100']],
    ['too dear', ['price 1200 1260 60']],
    ['fewer', ['quantity 1200 960 -240']],
    ['forgotten', ['not_billed 1200 0 -1200']],
    ['from March', ['late_start 200 0 -200', 'matched 1000 1000 0']],
    ['stopped', ['matched 300 300 0', 'matched 300 300 0', 'not_billed 600 0 -600']],
    ['three years', ['matched 1200 1200 0', 'timing 2400 0 0']],
    ['rise billed', ['matched 1000 1000 0', 'matched 1050 1050 0']],
    ['rise missed', ['matched 1000 1000 0', 'missed_uplift 1050 1000 -50']],
    ['first year off', ['matched 1000 1000 0', 'discount_past_end 1300 1000 -300']],
    ['coupon past its end', ['matched 1000 1000 0', 'discount_past_end 1250 1000 -250']],
    ['in dollars', ['currency 1000 1000 -250']],
    ['at the rate', ['matched 1000 1250 0']],
    // What no rate turns into dollars is not nothing.
    ['no rate', ['price 1000 900 unknown']],
    ['changed and back', ['matched 1200 1200 0', 'matched 0 -600 0', 'matched 0 600 0']],
    ['twice', ['matched 1200 1200 0', 'unmatched_billed 0 1200 1200']],
    // A month billed twice: what the second bill charges for it belongs to nothing sold.
    ['to the month', ['matched 700 700 0', 'unmatched_billed 0 100 100', 'matched 500 500 0']],
    ['by the week', ['matched 23.3333 22.5 0', 'timing 1176.6667 0 0']],
    ['for ever', ['timing 1200 0 0']],
    ['void', ['matched 1200 1200 0']],
    ['two lines: a', ['matched 1000 1000 0']],
    ['two lines: b', ['matched 2000 2000 0']],
    ['once', ['matched 500 500 0']],
    // What is sold once and paid for has nothing left for a second bill, whichever days that names.
    ['once and again', ['matched 500 500 0', 'unmatched_billed 0 500 500']],
    ['once, by months', ['matched 500 500 0', 'unmatched_billed 0 200 200']],
    ['given', ['matched 0 0 0']],
    ['given and charged', ['price 0 90 90']],
    ['in parts', ['not_billed 300 0 -300', 'matched 300 300 0', 'matched 300 300 0']],
    [
      'month by month',
      ['matched 100 100 0', 'matched 100 100 0', 'matched 100 100 0', 'matched 100 100 0', 'timing 800 0 0'],
    ],
    // What nobody dated is for the rest of the term; the second such bill finds nothing left.
    ['one undated', ['matched 50 300 0', 'matched 550 300 0']],
    ['all undated', ['matched 600 300 0', 'matched 0 300 0']],
    ['alone', ['matched 700 700 0']],
    ['alike: a', ['unmatched_sold 700 0 -700']],
    ['by amount: a', ['not_billed 700 0 -700']],
    ['by amount: b', ['matched 820 820 0']],
    ['long ago', ['unmatched_sold 1200 0 -1200']],
    ['left early', ['matched 1200 1200 0', 'unmatched_sold 1200 0 -1200']],
    ['next month', ['timing 1200 0 0']],
    // Of what nobody knows the day of, nobody can say that it is late.
    ['no day: a', ['unmatched_sold 500 0 -500']],
    ['no day: b', ['unmatched_sold 400 0 -400']],
  ])('%s', async (line, expected) => {
    expect(await matches(`deal_line_id = '${line}' and credit_note_id is null`)).toEqual(expected);
  });

  it('says how a bill was matched, and how sure that is', async () => {
    const how = await model.rows(
      `select deal_line_id as line, matched_by, confidence from marts.fact_billing_match
       where deal_line_id in ('as sold', 'once', 'two lines: a', 'alone', 'by amount: b') and invoice_line_id is not null
         and credit_note_id is null order by 1`,
    );
    expect(how.map((row) => Object.values(row))).toEqual([
      ['alone', 'likeness', 0.9],
      ['as sold', 'subscription', 1],
      ['by amount: b', 'likeness', 0.81],
      ['once', 'invoice_deal', 0.95],
      ['two lines: a', 'invoice_deal', 0.85],
    ]);
  });

  it('leaves apart what it would have to guess, and says why', async () => {
    const apart = await model.rows(
      `select coalesce(deal_line_id, account_name) as what, reason from marts.fact_billing_match
       where cause in ('unmatched_sold', 'unmatched_billed') order by 1, 2`,
    );
    expect(apart.map((row) => Object.values(row))).toEqual([
      ['alike', 'several sold lines fit alike'],
      ['alike: a', 'several lines fit its bill alike'],
      ['alike: b', 'several lines fit its bill alike'],
      ['elsewhere', 'its deal sold no such product'],
      ['elsewhere: a', 'a bill of this customer and product fits no line'],
      ['left early', 'the contract ended before its term'],
      ['long ago', 'sold before the bills begin'],
      ['never sold to', 'no sold line fits'],
      ['no day: a', 'its day is not known'],
      ['no day: b', 'its day is not known'],
      ['once and again', 'billed already'],
      ['once, by months', 'billed already'],
      ['to the month', 'billed already'],
      ['twice', 'billed already'],
    ]);
  });

  it('tells a credit for price that nobody approved from others', async () => {
    expect(
      await model.rows(
        `select match_id, cause, credit_amount::double as credit, difference_base::double as difference, is_open, deal_line_id
         from marts.fact_billing_match where credit_note_id is not null order by match_id`,
      ),
    ).toEqual([
      {
        match_id: 'credit agreed',
        cause: 'credit',
        credit: 60,
        difference: 0,
        is_open: false,
        deal_line_id: null,
      },
      {
        match_id: 'credit goodwill',
        cause: 'unauthorised_credit',
        credit: 60,
        difference: -60,
        is_open: true,
        deal_line_id: null,
      },
      {
        match_id: 'credit mistake',
        cause: 'credit',
        credit: 60,
        difference: 0,
        is_open: false,
        deal_line_id: null,
      },
    ]);
  });

  it('adds up to what was won and to what was billed, each line whole', async () => {
    const ours = /^(sold_of_matches|billed_of_matches|no_sold_or_billed)/;
    const asked = checks.filter(({ id }) => ours.test(id));
    expect(asked).toHaveLength(3);
    for (const { id, sql } of asked) expect(await model.rows(sql), id).toEqual([]);
  });

  it('makes one finding of each line and cause with money to claim', async () => {
    const findings = await model.rows(
      `select finding_id, kind, amount_base::double as amount from core.finding_billing order by finding_id`,
    );
    expect(findings.map((row) => Object.values(row))).toEqual([
      ['discount_past_end:coupon past its end', 'discount_past_end', 250],
      ['discount_past_end:first year off', 'discount_past_end', 300],
      ['late_start:from March', 'late_start', 200],
      ['missed_uplift:rise missed', 'missed_uplift', 50],
      ['not_billed:by amount: a', 'not_billed', 700],
      ['not_billed:elsewhere: b', 'not_billed', 700],
      ['not_billed:forgotten', 'not_billed', 1200],
      ['not_billed:in parts', 'not_billed', 300],
      ['not_billed:stopped', 'not_billed', 600],
      ['price:another price', 'price', 100],
      ['price:no rate', 'price', null],
      ['quantity:fewer', 'quantity', 240],
      ['unauthorised_credit:goodwill', 'unauthorised_credit', 60],
    ]);
  });
});

describe('with less of it', () => {
  const causes = async (less: Given, settings = '') => {
    const model = await modelled({ ...soldAndBilled, ...less }, settings);
    const rows = await model.rows(
      `select cause, count(*)::integer as rows from marts.fact_billing_match group by cause order by cause`,
    );
    return Object.fromEntries(rows.map(({ cause, rows: count }) => [String(cause), Number(count)]));
  };

  it('says nothing without bills', async () => {
    expect(await causes({ invoice: [], invoice_line: [], credit_note_line: [] })).toEqual({});
  });

  it('accuses nobody where the export of credits names no approvers', async () => {
    const nameless = soldAndBilled.credit_note_line!.map((row) => ({ ...row, approved_by: null }));
    expect(await causes({ credit_note_line: nameless })).not.toHaveProperty('unauthorised_credit');
  });

  it('measures with the tolerances that are configured', async () => {
    const found = await causes({}, 'tolerance: { percent: 10, amount: 1 }');
    // What was sold at nothing and charged is beyond any percent.
    expect(found.price).toBe(1);
    expect(found.quantity).toBe(1);
  });

  it('goes by likeness alone where bills name neither contract nor deal', async () => {
    const bare = {
      subscription: [],
      invoice: soldAndBilled.invoice.map((row) => ({ ...row, deal_id: null })),
      invoice_line: soldAndBilled.invoice_line.map((row) => ({ ...row, subscription_id: null })),
      deal_line: soldAndBilled.deal_line.map((row) => ({ ...row, subscription_id: null })),
    };
    const model = await modelled({ ...soldAndBilled, ...bare });
    const ways = await model.rows(
      `select distinct matched_by from marts.fact_billing_match where billed_amount <> 0 order by 1`,
    );
    expect(ways).toEqual([{ matched_by: 'likeness' }, { matched_by: 'none' }]);
    const found = await model.rows(
      `select deal_line_id as line, cause from marts.fact_billing_match
       where deal_line_id in ('another price', 'fewer', 'rise missed', 'first year off', 'from March') and cause not in ('matched') order by 1`,
    );
    expect(found.map((row) => Object.values(row))).toEqual([
      ['another price', 'price'],
      ['fewer', 'quantity'],
      ['first year off', 'discount_past_end'],
      ['from March', 'late_start'],
      ['rise missed', 'missed_uplift'],
    ]);
  });
});
