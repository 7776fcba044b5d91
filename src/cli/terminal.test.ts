import { afterEach, expect, it, vi } from 'vitest';
import { printable, printJson, table } from './terminal.ts';

afterEach(() => vi.restoreAllMocks());

it('sets cells in columns, numbers flush right', () => {
  const text = table(
    ['File', 'Rows'],
    [
      ['a.csv', '12,000'],
      ['long name.csv', '7'],
    ],
    [1],
  );
  expect(text).toBe('File             Rows\na.csv          12,000\nlong name.csv       7');
});

it('keeps hostile cells on their line', () => {
  expect(table(['A', 'B'], [['x\ny\u001b]0;title\u0007', 'z']])).toBe('A              B\nx y�]0;title�  z');
  expect(printable('tab\tand\nline stay, \r goes')).toBe('tab\tand\nline stay, � goes');
});

it('writes integers beyond a double as text', () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  printJson({ small: 7n, large: 9_007_199_254_740_993n });
  expect(JSON.parse(String(write.mock.calls[0]![0]))).toEqual({ small: 7, large: '9007199254740993' });
});
