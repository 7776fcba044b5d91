export type Activity = 'renewal' | 'upsell' | 'cross_sell';
export type How = 'alone' | 'with others' | 'not involved';

export const activities: readonly Activity[] = ['renewal', 'upsell', 'cross_sell'];
export const hows: readonly How[] = ['alone', 'with others', 'not involved'];

/** Gainsight's survey of 2019, as document 002 prints it: shares of companies, as fractions. */
export const survey2019 = {
  source:
    'Gainsight, 2019, as quoted in a post co-authored by Jay Nathan on who should own renewals and upsells',
  /** How the original seller is involved; "with others" is what is left to 100%, which is our arithmetic. */
  mix: {
    renewal: { alone: 0.22, 'with others': 0, 'not involved': 0.78 },
    upsell: { alone: 0.4, 'with others': 0.23, 'not involved': 0.37 },
    cross_sell: { alone: 0.57, 'with others': 0.17, 'not involved': 0.26 },
  } satisfies Record<Activity, Record<How, number>>,
  /** Share of companies whose seller is involved or leads, by contract size: below $50K, $51–100K, above $101K. */
  involved: {
    renewal: ['20–25%', '20–25%', '20–25%'],
    upsell: ['43%', '63%', '83%'],
    cross_sell: ['52%', '80%', '87%'],
  } satisfies Record<Activity, string[]>,
  limits:
    'The survey of 2019 counts companies, not deals, so the two columns are not the same share; “with others” is not printed there, it is what is left to 100% by our arithmetic; its bands leave $50–51K and $100–101K open, so ours are below, between and above two cut-offs that you can move.',
} as const;
