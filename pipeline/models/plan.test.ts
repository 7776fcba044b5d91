import { describe, expect, it } from 'vitest';
import type { Model } from './model.ts';
import { planModels } from './plan.ts';

const model = (name: string, makes: string, reads: string[], kind: Model['kind'] = 'table'): Model => ({
  ...{ name, makes, reads, kind },
  text: `make ${name}`,
});

const models = [
  model('1', 'core.person', ['latest.person']),
  model('2', 'passing.deal', ['latest.deal', 'core.person']),
  model('3', 'core.line', ['passing.deal', 'raw.source_file']),
  model('4', 'core.major', ['core.line', 'latest.word']),
  model('5', 'core.line', ['core.line', 'core.major'], 'update'),
  model('6', 'core.shown', ['core.line'], 'view'),
  model('7', 'marts.rep', ['core.person']),
  model('8', 'marts.fact', ['core.shown', 'passing.deal']),
];
const sources =
  (changed = '') =>
  (table: string) =>
    table === changed ? 'new' : 'old';
const first = planModels(models, sources(), new Map());
const again = (changed?: string) =>
  planModels(models, sources(changed), first.marks).models.map(({ name }) => name);

describe('planModels', () => {
  it('makes everything where nothing was made', () => {
    expect(first.models).toEqual(models);
    expect(first.outdated).toEqual(['core.person', 'core.line', 'core.major', 'marts.rep', 'marts.fact']);
  });

  it('makes only views where nothing changed', () => expect(again()).toEqual(['6']));

  it('takes no notice of files that are only looked up', () =>
    expect(again('raw.source_file')).toEqual(['6']));

  it('makes what a change reaches, with the passing tables that it reads', () =>
    expect(again('latest.deal')).toEqual(['2', '3', '4', '5', '6', '8']));

  it('makes a table anew before it is changed anew', () =>
    expect(again('latest.word')).toEqual(['2', '3', '4', '5', '6', '8']));

  it('makes a model anew whose text changed', () => {
    const changed = models.map((one) => (one.name === '7' ? { ...one, text: 'otherwise' } : one));
    const plan = planModels(changed, sources(), first.marks);
    expect(plan.models.map(({ name }) => name)).toEqual(['6', '7']);
    expect(plan.outdated).toEqual(['marts.rep']);
  });
});
