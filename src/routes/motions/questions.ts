/** What the page asks, by the place that a link can lead to: it stands there before its answer does. */
export const questions = {
  motions: 'Where does growth come from?',
  retention: 'What do customers who were there pay now?',
  bridge: 'What changed the recurring amount?',
  'retention-by': 'Which customers stay?',
  renewals: 'Is what comes due renewed in time?',
  expense: 'What does a dollar of bookings cost?',
  channel: 'How much depends on few partners?',
  dots: 'How much comes in little dots?',
  consumption: 'What is committed, and what only expected?',
  touch: 'Where does a deal need a person?',
  meetings: 'Do we come with too many people?',
} as const;
