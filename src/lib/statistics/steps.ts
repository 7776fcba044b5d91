/** Work that comes to a stop after each of its steps, so that others can have a turn. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** All steps at once. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** How long nobody else has a turn, in milliseconds. */
const TURN = 20;

/** One step after another, and whoever waits has a turn between: a server answers others meanwhile. */
export async function inTurns<Result>(steps: Steps<Result>): Promise<Result> {
  for (let since = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - since < TURN) continue;
    await othersTurn();
    since = performance.now();
  }
}

/** Lets whoever waits have a turn. */
export const othersTurn = (): Promise<void> => new Promise((turn) => void setImmediate(turn));
