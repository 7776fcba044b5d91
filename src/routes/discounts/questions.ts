/** What the page asks, by the place that a link can lead to: it stands there before its answer does. */
export const questions = {
  concentration: 'Do a few give most of it away?',
  'leads-to': 'Does one discount beget the next?',
  'year-after': 'What did the first discount buy?',
  change: 'What changed?',
  trend: 'Is it getting better?',
  budget: 'Is it within budget?',
} as const;
