import { ahead } from './ahead.ts';
import { dollarBridge } from './dollarBridge.ts';
import { funnel } from './funnel.ts';
import { handlingMix } from './handlingMix.ts';
import { modelFinder } from './modelFinder.ts';
import { ownerTrend } from './ownerTrend.ts';
import { courses } from './courses.ts';
import { motionBars } from './motionBars.ts';
import { partners } from './partners.ts';
import { rateBridge } from './rateBridge.ts';
import { sparkline } from './sparkline.ts';
import { spendTrend } from './spendTrend.ts';
import { toDate } from './toDate.ts';
import { waterfall } from './waterfall.ts';

/** Every chart by its name. A new chart adds its line here. */
export const charts = {
  ahead,
  courses,
  dollarBridge,
  funnel,
  handlingMix,
  modelFinder,
  ownerTrend,
  motionBars,
  partners,
  rateBridge,
  sparkline,
  spendTrend,
  toDate,
  waterfall,
};
