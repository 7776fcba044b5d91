import { afterTraining } from './afterTraining.ts';
import { ahead } from './ahead.ts';
import { bunching } from './bunching.ts';
import { coachedMonths } from './coachedMonths.ts';
import { concentrationCurve } from './concentrationCurve.ts';
import { discountPath } from './discountPath.ts';
import { dollarBridge } from './dollarBridge.ts';
import { eventStudy } from './eventStudy.ts';
import { forecastCourse } from './forecastCourse.ts';
import { funnel } from './funnel.ts';
import { handlingMix } from './handlingMix.ts';
import { maturityJourney } from './maturityJourney.ts';
import { modelFinder } from './modelFinder.ts';
import { ownerTrend } from './ownerTrend.ts';
import { courses } from './courses.ts';
import { motionBars } from './motionBars.ts';
import { partners } from './partners.ts';
import { positions } from './positions.ts';
import { quarterEnd } from './quarterEnd.ts';
import { rateBridge } from './rateBridge.ts';
import { reliability } from './reliability.ts';
import { sparkline } from './sparkline.ts';
import { spendTrend } from './spendTrend.ts';
import { tieOut } from './tieOut.ts';
import { toDate } from './toDate.ts';
import { valueNetwork } from './valueNetwork.ts';
import { waterfall } from './waterfall.ts';
import { winsByDiscount } from './winsByDiscount.ts';
import { volumeRates } from './volumeRates.ts';
import { lossScenarios } from './lossScenarios.ts';

/** Every chart by its name. A new chart adds its line here. */
export const charts = {
  afterTraining,
  ahead,
  bunching,
  coachedMonths,
  concentrationCurve,
  courses,
  discountPath,
  dollarBridge,
  eventStudy,
  forecastCourse,
  funnel,
  handlingMix,
  maturityJourney,
  modelFinder,
  ownerTrend,
  motionBars,
  partners,
  positions,
  quarterEnd,
  rateBridge,
  reliability,
  sparkline,
  spendTrend,
  tieOut,
  toDate,
  valueNetwork,
  waterfall,
  lossScenarios,
  volumeRates,
  winsByDiscount,
};
