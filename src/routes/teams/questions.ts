/** What the page asks, by the place that a link can lead to: it stands there before its answer does. */
export const questions = {
  discount: 'Who gives away more than such deals need?',
  win: 'Who wins more of such deals?',
  cycle: 'Who takes longer?',
  bias: 'Whose forecast leans?',
} as const;
