/** One line of the calibration table: a method tried on made facts, over and over. */
export interface Cell {
  /** The method as the pages call it. */
  method: string;
  /** What is true of the made facts: "no effect, six managers". */
  facts: string;
  /** What is counted: "interval covers the true effect". */
  counted: string;
  /**
   * The share of runs in which it should happen; `is` is met where an exact binomial test can't reject it, `noMoreThan`
   * where one can't reject that it is no more, so that being careful passes.
   */
  aim: { atLeast: number } | { atMost: number } | { noMoreThan: number } | { is: number };
  /** One run on facts drawn from `random` (0 up to 1): whether it happened, for each unit that was tried. */
  run(random: () => number): boolean[];
}

/** How often it happened, of how many units tried. */
export interface Tally {
  happened: number;
  tried: number;
}

export const sumOf = (tallies: readonly Tally[]): Tally => ({
  happened: tallies.reduce((sum, { happened }) => sum + happened, 0),
  tried: tallies.reduce((sum, { tried }) => sum + tried, 0),
});
