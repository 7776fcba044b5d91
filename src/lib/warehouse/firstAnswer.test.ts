import { describe, expect, it } from 'vitest';
import { beginLeft, endsAWait, later, type FirstAnswer } from './firstAnswer.ts';

const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

describe('what takes long', () => {
  it('is worked out at once where all is asked for', async () => {
    expect(await later({}, async () => 7)).toBe(7);
    expect(await later({ firstAnswer: { mayWait: false, left: [] } }, async () => 7)).toBe(7);
  });

  it('is begun only when the first answer is out', async () => {
    const firstAnswer: FirstAnswer = { mayWait: true, left: [] };
    let begun = 0;
    const count = async () => (begun += 1);
    expect(await later({ firstAnswer }, count)).toBeNull();
    await turn();
    expect(begun).toBe(0);
    beginLeft(firstAnswer);
    expect(begun).toBe(0);
    await turn();
    expect(begun).toBe(1);
  });

  it('that fails is told to who asks again, and stops nothing else', async () => {
    const firstAnswer: FirstAnswer = { mayWait: true, left: [] };
    let begun = 0;
    await later({ firstAnswer }, () => Promise.reject(new Error('no')));
    await later({ firstAnswer }, async () => (begun += 1));
    beginLeft(firstAnswer);
    await turn();
    expect(begun).toBe(1);
  });
});

it('ends a wait where the data follows of a page whose frame was shown, once', () => {
  const whole: FirstAnswer = { mayWait: false, about: 'a page', left: [] };
  const frame: FirstAnswer = { mayWait: true, about: 'a page', left: [() => Promise.resolve()] };
  expect(endsAWait(whole, true)).toBe(false);
  expect(endsAWait(frame, false)).toBe(false);
  expect(endsAWait(whole, false)).toBe(false);
  expect(endsAWait({ ...whole, about: 'another' }, true)).toBe(false);
  expect(endsAWait({ ...whole, failed: true }, true)).toBe(false);
  expect(endsAWait(whole, true)).toBe(true);
  expect(endsAWait(whole, true)).toBe(false);
});
