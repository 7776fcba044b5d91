import { describe, expect, it } from 'vitest';
import { unreadable } from './inspection.ts';
import { isAnswer, questionOf } from './questions.ts';

const asked = (reason: string) => questionOf({ ...unreadable('a.csv', reason), is_question: true });

describe('a question of the reader', () => {
  it.each([
    [
      'Column "Close" can be read as day-month or as month-day throughout: 03/04/2026. Which is it? Set date_order: dmy (or mdy) in holdfast.yaml.',
      'Are these dates day first or month first?',
      ['dmy', 'mdy'],
    ],
    [
      'Column "Amount" can be read with a decimal point or with a decimal comma throughout: 1.234. Which is it? Set decimal_mark: point (or comma) in holdfast.yaml.',
      'Is it the point or the comma that stands before the cents?',
      ['point', 'comma'],
    ],
    [
      'Column "Rate" holds 0.12: 0.12 may be 12% or 0.12%, and no amounts beside it tell. Which is it? Set percent: fraction (0.12 is 12%) or percent: points (12 is 12%) in holdfast.yaml.',
      'How are these percentages written?',
      ['fraction', 'points'],
    ],
    [
      '"$" in column "Price" may be AUD, CAD, USD. Which is it? Set currency_signs: { "$": … } in holdfast.yaml.',
      'Which currency is “$”?',
      ['$=AUD', '$=CAD', '$=USD'],
    ],
  ])('%s', (reason, question, values) => {
    const found = asked(reason)!;
    expect(found.question).toBe(question);
    expect(found.because).toBe(reason.split(' Which')[0]);
    expect(found.answers.map(({ value }) => value)).toEqual(values);
    for (const { setting, value } of found.answers) expect(isAnswer(setting!, value!)).toBe(true);
  });

  it('that has no answer of ours is asked in its own words', () => {
    const reason = 'Its lines can be cut at "," as well as at ";". Which of the two is the delimiter?';
    expect(asked(reason)).toEqual({ question: reason, because: '', answers: [] });
    expect(questionOf(unreadable('a.csv', 'This gzip file is damaged.'))).toBeNull();
  });

  it('takes no other answers', () => {
    expect(isAnswer('date_order', 'xyz')).toBe(false);
    expect(isAnswer('files', '[]')).toBe(false);
    expect(isAnswer('currency_signs', '$=usd')).toBe(false);
  });
});
