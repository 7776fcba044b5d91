import { expect, it } from 'vitest';
import { atOnce, inTurns, type Steps } from './steps.ts';

function* counted(to: number, began: () => void = () => {}): Steps<number> {
  let sum = 0;
  for (let one = 1; one <= to; one += 1) {
    began();
    sum += one;
    yield;
  }
  return sum;
}

it('comes to the same at once and in turns', async () => {
  expect(atOnce(counted(100))).toBe(5050);
  expect(await inTurns(counted(100))).toBe(5050);
});

it('lets others have a turn between long steps, and not between short ones', async () => {
  const turnsOf = async (steps: Steps<number>) => {
    let turns = 0;
    let ended = false;
    const wait = () => setImmediate(() => void (ended || ((turns += 1), wait())));
    wait();
    await inTurns(steps);
    ended = true;
    return turns;
  };
  const busy = () => {
    for (const until = performance.now() + 25; performance.now() < until;);
  };
  expect(await turnsOf(counted(5, busy))).toBeGreaterThanOrEqual(4);
  expect(await turnsOf(counted(5))).toBeLessThan(4);
});

it('tells of what fails', async () => {
  const failing = () =>
    counted(3, () => {
      throw new Error('no');
    });
  expect(() => atOnce(failing())).toThrow('no');
  await expect(inTurns(failing())).rejects.toThrow('no');
});
