import { expect, it } from 'vitest';
import { ruleOfYaml, ruleToYaml, type CellRule } from './cellRule.ts';

const rules: CellRule[] = [
  { how: 'as written', column: 'Close Date' },
  { how: 'without blanks', column: 'Product "Name"' },
  { how: 'yes where', column: 'Stage', words: ['Won', "O'Brien's", 'a, b'] },
  { how: 'always', value: 'true' },
  { how: 'always', value: "it's so" },
  { how: 'calculated', sql: 'price * quantity' },
  { how: 'kept', written: { column: 'a', through: [{ file: 'b.csv', key: 'k', value: 'v' }] } },
];

it.each(rules)('says $how as the configuration does, and reads it back', (rule) => {
  expect(ruleOfYaml(ruleToYaml(rule))).toEqual(rule);
});

it('reads what people write themselves', () => {
  expect(ruleOfYaml({ sql: "deal_stage = 'Won'" })).toEqual({
    how: 'yes where',
    column: 'deal_stage',
    words: ['Won'],
  });
  expect(ruleOfYaml({ sql: "replace(product, ' ', '')" })).toEqual({
    how: 'without blanks',
    column: 'product',
  });
  expect(ruleOfYaml({ sql: "a in ('x') or b" })).toEqual({ how: 'calculated', sql: "a in ('x') or b" });
});
