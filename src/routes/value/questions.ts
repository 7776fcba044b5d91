/** What the page asks, by the place that a link can lead to: it stands there before its answer does. */
export const questions = {
  recorded: 'What are we worth to customers, and who says so?',
  price: 'What share of our value do we charge?',
  network: 'What does our difference lead to?',
  pipeline: 'How much of the pipeline stands on confirmed value?',
  evidence: 'Do deals with a value on record hold their price?',
  rfp: 'Do we shape requests for proposal, or answer them?',
  fit: 'Do we sell the way the purchase asks for?',
  quality: 'How well do we sell?',
} as const;
