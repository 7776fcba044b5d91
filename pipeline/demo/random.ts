/**
 * A small seeded source of random numbers (mulberry32). Integer arithmetic and exact divisions
 * only, so the same seed gives the same numbers on every machine.
 */
export class Random {
  private state: number;

  constructor(seed: number) {
    this.state = mix(seed);
  }

  /** Starts again at the stream that belongs to `part` of `seed`: each customer has a stream of its own. */
  restart(seed: number, part: number): void {
    this.state = mix(Math.imul(seed + 1, 0x9e3779b1) ^ mix(part + 0x7f4a7c15));
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** Whole number from `low` to `high`, both possible. */
  whole(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  /** Close to standard normal: the sum of four uniforms, scaled. Never beyond 3.5. */
  normal(): number {
    return (this.next() + this.next() + this.next() + this.next() - 2) * 1.7320508075688772;
  }

  pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.next() * from.length)]!;
  }

  /** An index drawn with the given weights, which need not sum to one. */
  weighted(weights: readonly number[]): number {
    let total = 0;
    for (const weight of weights) total += weight;
    let left = this.next() * total;
    for (let i = 0; i < weights.length; i++) {
      left -= weights[i]!;
      if (left < 0) return i;
    }
    return weights.length - 1;
  }

  /** Poisson count, by Knuth's product of uniforms; for small means. */
  count(mean: number): number {
    const floor = Math.exp(-mean);
    let product = this.next();
    let n = 0;
    while (product > floor) {
      n++;
      product *= this.next();
    }
    return n;
  }
}

function mix(value: number): number {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x21f0aaad);
  x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
  return (x ^ (x >>> 15)) >>> 0;
}
