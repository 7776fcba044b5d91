/** What the page asks, by the place that a link can lead to: it stands there before its answer does. */
export const questions = {
  effect: 'Did it work?',
  others: 'Could it be something else?',
  cadence: 'Is it a cadence?',
  training: 'Is it train and coast?',
  focus: 'What is coached?',
  loops: 'Do lessons travel?',
} as const;
