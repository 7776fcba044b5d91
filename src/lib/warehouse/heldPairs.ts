import type { TwoBuilds } from './twoBuilds.ts';

interface Held {
  pair: Promise<TwoBuilds>;
  idle: NodeJS.Timeout;
}

/** Pairs held open at once: a large one takes hundreds of megabytes. */
const MOST = 2;
/** How long a pair nobody asks for stays open, in milliseconds. */
const IDLE = 600_000;
/** How long one that is let go stays open for who still reads it. */
const LINGER = 60_000;

const pairs = new Map<string, Held>();

function letGo(key: string): void {
  const held = pairs.get(key);
  if (!held) return;
  pairs.delete(key);
  clearTimeout(held.idle);
  held.pair.then(
    (two) => setTimeout(() => two.close(), LINGER).unref(),
    () => undefined,
  );
}

/** The pair of this key as it is open already, or opened now and held for the next questions. */
export function heldPair(key: string, open: () => Promise<TwoBuilds>): Promise<TwoBuilds> {
  const known = pairs.get(key);
  if (known) {
    known.idle.refresh();
    // Put last again, so that the first is always the one not asked for the longest.
    pairs.delete(key);
    pairs.set(key, known);
    return known.pair;
  }
  const pair = open();
  pairs.set(key, { pair, idle: setTimeout(() => letGo(key), IDLE).unref() });
  pair.catch(() => letGo(key));
  if (pairs.size > MOST) letGo(pairs.keys().next().value!);
  return pair;
}
