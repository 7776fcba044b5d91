/** What the page asks, by the place that a link can lead to: it stands there before its answer does. */
export const questions = {
  'quarter-end': 'Do quarters end in a rush?',
  limits: 'Do discounts stop just inside the approval limits?',
  approvals: 'Is what is over the limit approved, and in time?',
  'split-deals': 'Are deals split to stay within the dollar limit?',
  unearned: 'Who gets what their volume does not earn?',
  'win-rate': 'Do discounts win deals?',
  recoverable: 'How much could be kept?',
  policy: 'What if the limits were others?',
} as const;
