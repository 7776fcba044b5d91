const rotated = (value: number, by: number) => (value << by) | (value >>> (32 - by));

/** Spreads one number over the generator's state, so that near seeds give unlike runs. */
function* spread(seed: number): Generator<number, never> {
  let state = seed | 0;
  for (;;) {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    yield mixed ^ (mixed >>> 16);
  }
}

/**
 * A generator of numbers from 0 up to, not including, 1: the same seed gives the same numbers on every machine.
 * xoshiro128** of Blackman & Vigna 2021, "Scrambled linear pseudorandom number generators", ACM Transactions
 * on Mathematical Software 47(4).
 */
export function randomFrom(seed: number): () => number {
  const from = spread(seed);
  let [a, b, c, d] = [from.next().value, from.next().value, from.next().value, from.next().value];
  return () => {
    const result = Math.imul(rotated(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotated(d, 11);
    return result / 2 ** 32;
  };
}

/** Standard normal draws from a uniform generator: Box & Muller 1958, Ann. Math. Statist. 29, 610–611. */
export function normalFrom(random: () => number): () => number {
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
