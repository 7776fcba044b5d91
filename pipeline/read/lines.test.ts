import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Newline } from './dialect.ts';
import { cutLines, LineCutter } from './lines.ts';

const piece = fc.string({ unit: fc.constantFrom('a', '\r', '\n', '\r\n', 'é'), maxLength: 8 });
const newline = fc.constantFrom<Newline>('\n', '\r\n', '\r');

describe('LineCutter', () => {
  it('loses nothing and cuts alike however the text arrives', () => {
    fc.assert(
      fc.property(fc.array(piece), newline, (pieces, kind) => {
        const cutter = new LineCutter(kind);
        const lines = [...pieces.flatMap((text) => [...cutter.push(text)]), ...cutter.end()];
        expect(lines).toEqual(cutLines(pieces.join(''), kind));
        expect(lines.map(({ text, end }) => text + end).join('')).toBe(pieces.join(''));
        expect(lines.map(({ number }) => number)).toEqual(lines.map((_, index) => index + 1));
      }),
    );
  });

  it('ends lines as a plain split would', () => {
    fc.assert(
      fc.property(piece, newline, (text, kind) => {
        const parts = text.split(kind === '\r' ? /\r\n|\n|\r/ : /\r*\n/);
        const expected = parts.at(-1) === '' ? parts.slice(0, -1) : parts;
        expect(cutLines(text, kind).map((line) => line.text)).toEqual(expected);
      }),
    );
  });
});
