import { describe, expect, it } from 'vitest';
import { beginLeft, later, type FirstAnswer } from './firstAnswer.ts';

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
