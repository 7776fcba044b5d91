import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer, AnswerColumn, AnswerValue } from './answer.ts';
import { toCsv } from './csv.ts';
import { hostileAnswer, hostileTexts } from './hostile.fixture.ts';

const text: AnswerColumn = { id: 'name', label: 'Name', kind: 'dimension', format: 'text' };
const money: AnswerColumn = { id: 'discount', label: 'Discount', kind: 'measure', format: 'money' };

function answer(columns: AnswerColumn[], rows: Record<string, AnswerValue>[]): Answer {
  return { columns, rows, build_id: 'b', n: rows.length, coverage: null };
}

function cells(columns: AnswerColumn[], rows: Record<string, AnswerValue>[]): string[][] {
  return parse(toCsv(answer(columns, rows)), { relax_column_count: false }).slice(1);
}

/** What a spreadsheet drops before it looks for a formula, in other words than the code's. */
const dropped = (character: string) => character.trim() === '' || /[\p{Cc}\p{Cf}]/u.test(character);

function startsFormula(cell: string): boolean {
  const first = [...cell].find((character) => !dropped(character)) ?? '';
  return '=+-@＝＋－＠'.includes(first) && first !== '';
}

describe('toCsv', () => {
  it('writes ids, CRLF, plain numbers, and tells an empty text from nothing', () => {
    const rows = [
      { name: 'Acme, Inc.', discount: -12.5 },
      { name: '', discount: null },
      { name: null, discount: 0 },
    ];
    expect(toCsv(answer([text, money], rows))).toBe('name,discount\r\n"Acme, Inc.",-12.5\r\n"",\r\n,0\r\n');
  });

  it.each(hostileTexts)('harms nobody with %j', (hostile) => {
    const [[cell = '']] = cells([text], [{ name: hostile }]) as [[string]];
    expect(startsFormula(cell)).toBe(false);
    expect(cell).toBe(startsFormula(hostile) || /^[\t\r\n]/.test(hostile) ? `'${hostile}` : hostile);
  });

  it('leaves a negative number as it is, also where a decimal comes as text', () => {
    expect(cells([money], [{ discount: -3 }, { discount: '-1812000.10' }])).toEqual([
      ['-3'],
      ['-1812000.10'],
    ]);
    expect(cells([text], [{ name: '-3' }])).toEqual([["'-3"]]);
  });

  it('gives any text back, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (names) => {
        const back = cells(
          [text, money],
          names.map((name) => ({ name, discount: 1 })),
        );
        // A byte order mark at the very start is the reader's to drop; here the header comes first.
        names.forEach((name, i) => expect([name, `'${name}`]).toContain(back[i]?.[0]));
        back.forEach(([name = '']) => expect(startsFormula(name)).toBe(false));
      }),
    );
  });

  it('gives any number back exactly, and never in exponent form', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (discount) => {
        const [[cell = '']] = cells([money], [{ discount }]) as [[string]];
        expect(cell).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(cell)).toBe(discount === 0 ? 0 : discount);
      }),
    );
    expect(cells([money], [{ discount: Number.NaN }, { discount: Infinity }])).toEqual([[''], ['']]);
  });

  it('adds up to the cent', () => {
    const { rows } = hostileAnswer();
    const read: Record<string, string>[] = parse(toCsv(hostileAnswer()), { columns: true });
    const cents = (values: unknown[]) =>
      values.reduce((sum: number, v) => sum + Math.round(Number(v) * 100), 0);
    expect(cents(read.map((row) => row.discount))).toBe(cents(rows.map((row) => row.discount)));
  });
});
