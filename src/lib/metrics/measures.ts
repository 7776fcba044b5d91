import type { Measure } from './definition.ts';
import { billing } from './measures/billing.ts';
import { billingMatch } from './measures/billingMatch.ts';
import { coaching } from './measures/coaching.ts';
import { concessions } from './measures/concessions.ts';
import { currencies } from './measures/currencies.ts';
import { deals } from './measures/deals.ts';
import { dealWeeks } from './measures/dealWeeks.ts';
import { discipline } from './measures/discipline.ts';
import { forecast } from './measures/forecast.ts';
import { income } from './measures/income.ts';
import { leadsTo } from './measures/leadsTo.ts';
import { motions } from './measures/motions.ts';
import { ownership } from './measures/ownership.ts';
import { pipeline } from './measures/pipeline.ts';
import { price } from './measures/price.ts';
import { findings } from './measures/findings.ts';
import { restatements } from './measures/restatements.ts';
import { quoteToCash } from './measures/quoteToCash.ts';
import { retention } from './measures/retention.ts';
import { targets } from './measures/targets.ts';
import { term } from './measures/term.ts';
import { value } from './measures/value.ts';

/** Every measure there is, by what it is about. */
export const measures: readonly Measure[] = [
  ...price,
  ...term,
  ...currencies,
  ...restatements,
  ...findings,
  ...deals,
  ...discipline,
  ...pipeline,
  ...billing,
  ...billingMatch,
  ...quoteToCash,
  ...concessions,
  ...targets,
  ...motions,
  ...income,
  ...retention,
  ...leadsTo,
  ...coaching,
  ...ownership,
  ...forecast,
  ...dealWeeks,
  ...value,
];
