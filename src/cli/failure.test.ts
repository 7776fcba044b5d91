import { CommanderError } from 'commander';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Problem, Question } from '../../pipeline/problem.ts';
import { UnreadableFile } from '../../pipeline/read/unreadable.ts';
import { BadRequest } from '../lib/metrics/badRequest.ts';
import { fail, Unfinished, WrongUsage } from './failure.ts';

let said: string[];
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'error').mockImplementation((text) => void said.push(String(text)));
});
afterEach(() => vi.restoreAllMocks());

it.each([
  [new CommanderError(0, 'commander.helpDisplayed', ''), 0, []],
  [new CommanderError(1, 'commander.unknownOption', 'error: …'), 2, []],
  [new WrongUsage('--port takes a number.'), 2, ['--port takes a number.']],
  [new BadRequest('by', '"x" is not known.', ['a', 'b']), 2, ['by: "x" is not known. It may be: a, b.']],
  [new Unfinished(), 1, []],
  [
    new Problem('A is wrong.', 'Mend A.', { file: 'f.csv', line: 3, column: 'A' }),
    1,
    ['f.csv:3, column A: A is wrong. Mend A.'],
  ],
  [new Question('Two ways.', 'Which?'), 1, ['Two ways. Which?']],
  [new UnreadableFile('f.csv', 'It is cut off.'), 1, ['f.csv: It is cut off.']],
])('%o ends as it should', (error, code, sentences) => {
  expect(fail(error, false)).toBe(code);
  expect(said).toEqual(sentences);
});

it('tells a fault of ours in one sentence, and where it happened only when asked', () => {
  const fault = new TypeError('x is undefined\nand more');
  expect(fail(fault, false)).toBe(3);
  expect(said).toEqual(['Holdfast failed: x is undefined', expect.stringMatching(/fault of ours.*--debug/)]);
  said = [];
  expect(fail(fault, true)).toBe(3);
  expect(said[0]).toBe(fault.stack);
  expect(fail('thrown text', false)).toBe(3);
});

it('lets no text move the cursor of the terminal', () => {
  fail(new Problem('\u001b[2Jcleared\u202e', ''), false);
  expect(said).toEqual(['�[2Jcleared�']);
});
