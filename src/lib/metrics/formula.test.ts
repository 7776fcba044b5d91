import { expect, it } from 'vitest';
import { describeMetrics } from './catalog.ts';
import { formulaOf } from './formula.ts';
import { measureById } from './request.ts';

it('words which rows are counted, and leaves literals and names alone', () => {
  expect(formulaOf('(sum({discount}) {won})::double')).toBe('(sum(discount) over won deals)::double');
  expect(formulaOf('sum(a) {all} / sum(b) {closed and pushes > 0}')).toBe(
    'sum(a) / sum(b) over closed deals where pushes > 0',
  );
  const slipped = "became in ('slipped', 'still open', 'removed')";
  expect(formulaOf(`count(*) {all and is_over and ${slipped}}`)).toBe(
    `count(*) where is_over and ${slipped}`,
  );
  const forecast = measureById.get('forecast_commit')!.sql.forecast_week!;
  expect(formulaOf(forecast)).toBe("sum(commit_base) where source = 'deals'");
});

it('leaves no mark and loses no literal in any formula of the dictionary', () => {
  const literals = (sql: string) => sql.match(/'[^']*'/g) ?? [];
  for (const { id, kind, formula } of describeMetrics()) {
    if (kind !== 'measure' || formula === null) continue;
    const [template] = Object.values(measureById.get(id)!.sql);
    expect(formula, id).not.toMatch(/[{}]/);
    expect(literals(formula), id).toEqual(literals(template!.replace(/\s+/g, ' ')));
  }
});
