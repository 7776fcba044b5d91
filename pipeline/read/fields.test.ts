import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitFields } from './fields.ts';

const marks = { delimiter: ',', quote: '"', escape: '"' };
const character = fc.constantFrom('a', 'b', ' ', ',', '"', '\n', ';', 'é');
const field = fc.string({ unit: character, maxLength: 6 });

describe('splitFields', () => {
  it('cuts well-formed records as csv-parse does', () => {
    const records = fc.array(fc.tuple(field, fc.boolean()), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(records, (fields) => {
        const text = fields
          .map(([value, quoted]) =>
            quoted || /[",\n ]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value,
          )
          .join(',');
        fc.pre(text !== '');
        expect(splitFields(text, marks)).toMatchObject({ fields: parse(text)[0], state: 'whole' });
      }),
    );
  });

  it('says where quoting goes wrong', () => {
    expect(splitFields('1,"open', marks).state).toBe('open');
    expect(splitFields('1,"a" b,2', marks).state).toBe('stray');
    expect(splitFields('1,"a" b,2', marks, 'plain').fields).toEqual(['1', '"a" b', '2']);
  });

  it('keeps a quote that closes nothing inside of its field, and doubled ones as one', () => {
    const { fields, state } = splitFields('1,""5"" wide", or "so""",2', marks, 'inside');
    expect([fields, state]).toEqual([['1', '"5" wide', ' or "so"""', '2'], 'whole']);
  });

  it('closes a quote by what follows it where nothing escapes one', () => {
    const { fields } = splitFields('1,"48"","she said "no" and left",x', { ...marks, escape: '' });
    expect(fields).toEqual(['1', '48"', 'she said "no" and left', 'x']);
  });

  it('keeps backslashes that escape nothing', () => {
    const { fields } = splitFields('"a\\"b","c:\\new"', { ...marks, escape: '\\' });
    expect(fields).toEqual(['a"b', 'c:\\new']);
  });

  it('takes delimiters of several characters', () => {
    expect(splitFields('a||"b||c"||', { ...marks, delimiter: '||' }).fields).toEqual(['a', 'b||c', '']);
  });
});
