import { count, decimal, rate } from '../../design/formats.ts';
import type { IndicatorState } from '../../questions/maturity/indicators.ts';
import type { MaturityModel } from '../../questions/maturity/model.ts';

type Shown = 'share' | 'number' | 'yes or no' | 'answer';

export function shownAs({ indicators }: MaturityModel, { kind, figure }: IndicatorState): Shown {
  if (kind === 'assessed') return 'answer';
  const known = indicators.flatMap(({ computed }) => computed ?? []).find((one) => one.figure === figure);
  return known?.shown_as ?? 'share';
}

function written(value: number, shown: Shown): string {
  // Near the ends a whole percent would say all or nothing.
  if (shown === 'share')
    return rate(value, (value > 0.99 && value < 1) || (value > 0 && value < 0.01) ? 1 : 0);
  if (shown === 'yes or no') return value > 0 ? 'yes' : 'no';
  return decimal(value, Number.isInteger(value) ? 0 : shown === 'answer' ? 1 : 2);
}

/** "66%", "1 of 3", with what it rests on: "56 cases, 95% between 53% and 77%". */
export function figureNow(
  model: MaturityModel,
  state: IndicatorState,
): { figure: string | null; basis: string } {
  const { value, low, high, n, kind } = state;
  const shown = shownAs(model, state);
  if (value === null) return { figure: null, basis: whyUnknown(state) };
  const told = shown === 'answer' ? `${written(value, shown)} of 3` : written(value, shown);
  const spread =
    low === null || high === null || shown === 'yes or no'
      ? ''
      : kind === 'assessed'
        ? `, from ${low} to ${high}`
        : `, 95% between ${written(low, shown)} and ${written(high, shown)}`;
  const basis = `${count(n, kind === 'assessed' ? 'answer' : 'case')}${spread}`;
  return { figure: told, basis: state.state === 'unknown' ? `${basis}; ${whyUnknown(state)}` : basis };
}

/** "at least 80%", "more than 0% for sure" */
export function figureNeeded(model: MaturityModel, state: IndicatorState): string {
  const shown = shownAs(model, state);
  if (shown === 'yes or no') return 'yes';
  const unit = shown === 'answer' ? ' of 3' : '';
  const sure = state.compared === 'figure' ? '' : ', for sure';
  return `${state.bar} ${written(state.threshold, shown)}${unit}${sure}`;
}

const reasons: Record<string, (state: IndicatorState) => string> = {
  'nobody answered': () => 'nobody answered',
  'too few answers': ({ n }) => `too few answers, or of one department: ${n ?? 0}`,
  'not loaded': ({ needs }) => `needs ${needs.replaceAll('_', ' ')}`,
  'not told below the company': () => 'told for the company alone',
  'nothing in the quarter': () => 'nothing to count in the quarter',
  'cannot tell': () => 'cannot tell: the data allow both',
};

/** Why an indicator is unknown, in words; empty where it is known. */
export function whyUnknown(state: IndicatorState): string {
  return state.reason === null ? '' : (reasons[state.reason]?.(state) ?? state.reason);
}
