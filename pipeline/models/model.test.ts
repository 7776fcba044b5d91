import { describe, expect, it } from 'vitest';
import { modelsOf, needsOf, readsOf, type Model } from './model.ts';

const model = (name: string, makes: string, reads: string[], kind: Model['kind'] = 'table'): Model => ({
  ...{ name, makes, reads, kind },
  text: '',
});

describe('readsOf', () => {
  it('finds tables and types by their schema, and none in comments or aliases', () => {
    const sql = `-- as core.person says
      select deal.deal_id, region::core.region from latest.deal deal join raw.source_file file using (id)`;
    expect(readsOf(sql)).toEqual(['core.region', 'latest.deal', 'raw.source_file']);
  });
});

describe('needsOf', () => {
  it('has readers wait for the last that made or changed a table before them', () => {
    const needs = needsOf([
      model('1', 'core.line', ['latest.deal_line']),
      model('2', 'core.first_sale', ['core.line']),
      model('3', 'core.line', ['core.line', 'core.first_sale'], 'update'),
      model('4', 'marts.fact', ['core.line']),
    ]);
    expect(needs.get('1')).toEqual([]);
    expect(needs.get('2')).toEqual(['1']);
    expect(needs.get('3')?.toSorted()).toEqual(['1', '2']);
    expect(needs.get('4')).toEqual(['3']);
  });
});

describe('modelsOf', () => {
  it('reads only what the layers before it or the files before it have made', () => {
    const models = [...modelsOf('core'), ...modelsOf('marts'), ...modelsOf('maturity')];
    const madeBefore = new Set<string>();
    const makes = new Set(models.map((one) => one.makes));
    for (const { name, makes: table, reads } of models) {
      const early = reads.filter((read) => makes.has(read) && read !== table && !madeBefore.has(read));
      expect(early, name).toEqual([]);
      madeBefore.add(table);
    }
  });
});
