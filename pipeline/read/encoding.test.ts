import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { detectEncoding } from './encoding.ts';

/** 320 bytes without any order, the same at each run. */
const noise = (seed: number) =>
  Buffer.concat(Array.from({ length: 10 }, (_, at) => createHash('sha256').update(`${seed} ${at}`).digest()));

it('takes small binary files for what they are, and not for text in an odd encoding', () => {
  for (let seed = 0; seed < 50; seed += 1)
    expect(() => detectEncoding('x.csv', noise(seed), false)).toThrow('binary file');
});

it('reads text whose delimiters are control characters', () => {
  const records = 'customer\u001fcity\u001famount\u001eAcme & Sons\u001fZürich\u001f12.50\u001e'.repeat(20);
  expect(detectEncoding('x.csv', Buffer.from(records), false)).toMatchObject({ encoding: 'utf-8' });
});
