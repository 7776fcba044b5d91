import type { Dimension } from './definition.ts';
import { billingMatch } from './dimensions/billingMatch.ts';
import { customers } from './dimensions/customers.ts';
import { discipline } from './dimensions/discipline.ts';
import { findings } from './dimensions/findings.ts';
import { forecast } from './dimensions/forecast.ts';
import { ownership } from './dimensions/ownership.ts';
import { people } from './dimensions/people.ts';
import { records } from './dimensions/records.ts';
import { sold } from './dimensions/sold.ts';
import { time } from './dimensions/time.ts';
import { value } from './dimensions/value.ts';

/** Every dimension there is, by what it is about. */
export const dimensions: readonly Dimension[] = [
  ...people,
  ...customers,
  ...sold,
  ...forecast,
  ...time,
  ...records,
  ...ownership,
  ...value,
  ...billingMatch,
  ...discipline,
  ...findings,
];
