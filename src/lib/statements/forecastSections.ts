import { count, decimal, moneyInWords, period, points, pointsInterval, rate } from '../design/formats.ts';
import type { Accuracy, LeadAccuracy } from '../questions/forecast/accuracy.ts';
import type { ForecastBridge } from '../questions/forecast/bridge.ts';
import { leadInWords, type ForecastChoice } from '../questions/forecast/choice.ts';
import type { GroupAccuracy } from '../questions/forecast/groups.ts';
import type { Conversion, LeadSlippage, Pushed, Share } from '../questions/forecast/movement.ts';
import type { Probabilities } from '../questions/forecast/probability.ts';
import { MINIMUM_DEALS } from '../statistics/standOut.ts';
import { chosenLead, leansAlone, statedGroups } from './forecast.ts';

const span = (low: number, high: number, digits = 0) => `${rate(low, digits)} to ${rate(high, digits)}`;
const ranged = ({ value, interval }: Share) =>
  value === null ? '' : `${rate(value, 0)}${interval ? ` (${span(interval.low, interval.high)})` : ''}`;

/** How far off the forecast was, whether it leans, and whether it beats taking the last quarter's figure. */
export function accuracyInWords(
  found: Accuracy,
  choice: ForecastChoice,
  groups: readonly GroupAccuracy[] = [],
): string {
  const lead = chosenLead(found, choice);
  const { accuracy } = lead;
  if (!accuracy || accuracy.wape.value === null) return 'No quarter with a forecast is over yet.';
  const missed = `Frozen ${leadInWords(choice.weeks)}, it missed by ${rate(accuracy.wape.value)} of what was won over ${count(accuracy.periods, 'quarter')}`;
  return `${missed}. ${biasInWords(lead, leansAlone(groups) !== null)} ${skillInWords(lead)}`.trim();
}

/** `byDeals` where its deals say that it leans, which is another sample. */
function biasInWords({ bias, accuracy }: LeadAccuracy, byDeals: boolean): string {
  if (!bias || bias.low === null || bias.high === null)
    return 'Whether it leans one way cannot be told from one quarter.';
  const reach = `95% interval ${pointsInterval(bias.low, bias.high)} points, n = ${accuracy!.periods} quarters`;
  if (bias.verdict === 'effect')
    return `It was ${rate(Math.abs(bias.estimate), 0)} too ${bias.estimate > 0 ? 'high' : 'low'} in all (${reach}).`;
  if (bias.verdict === 'no effect larger than')
    return `It does not lean one way by more than ${points(bias.largerThan!).replace('+', '')} (${reach}).`;
  const told = `(${points(bias.estimate)}; ${reach})`;
  return byDeals
    ? `That it was so much too ${bias.estimate > 0 ? 'high' : 'low'} is not chance among its deals; that it is so quarter after quarter cannot be told ${told}.`
    : `Whether it leans one way cannot be told ${told}.`;
}

function skillInWords({ accuracy, skillYearAgo }: LeadAccuracy): string {
  const known = [
    { skill: accuracy!.skill, against: 'the quarter before' },
    { skill: skillYearAgo, against: 'the same quarter of the year before' },
  ].filter((one) => one.skill && one.skill.forecasts > 0 && one.skill.value !== null);
  if (known.length === 0) return 'There is no earlier quarter to compare it with.';
  return known
    .map(({ skill, against }, at) => {
      const { value, interval } = skill!;
      const reach = interval ? ` (${span(interval.low, interval.high)})` : '';
      const sure = interval && (interval.low > 0 || interval.high < 0);
      const less = value! >= 0 ? 'less' : 'more';
      const text = `it missed by ${rate(Math.abs(value!), 0)} ${less} than taking ${against}${reach}`;
      return `${at === 0 ? 'I' : 'i'}${text.slice(1)}${sure ? '' : ', which may be chance'}`;
    })
    .join('; ')
    .concat('.');
}

/** Who forecasts too much or too little. */
export function groupsInWords(
  groups: readonly GroupAccuracy[],
  { split, kind }: ForecastChoice,
  excess = '',
): string {
  if (groups.length === 0) return `No forecast is known by ${split.one}.`;
  if (kind.id === 'submitted')
    return 'Submitted forecasts name no deals: they are shown beside what their team won, and not judged.';
  const judged = groups.filter(({ p }) => p !== null);
  const stated = statedGroups(groups);
  if (judged.length === 0) return `No ${split.one} has the ${MINIMUM_DEALS} deals that a judgement takes.`;
  if (stated.length === 0)
    return `Of ${count(judged.length, split.one, split.several)}, none is biased by more than chance explains.`;
  return stated
    .map(
      ({ name, bias, low, high }) =>
        `${name} forecast ${rate(Math.abs(bias!), 0)} too ${bias! > 0 ? 'much' : 'little'} (95% interval ${pointsInterval(low!, high!)} points)`,
    )
    .join('; ')
    .concat(
      stated.length < judged.length
        ? `. Of the other ${judged.length - stated.length}, none leans by more than chance explains.`
        : '.',
    )
    .concat(excess && ` ${excess}`);
}

/** From forecast to actual in one quarter, with the largest bar either way. */
export function bridgeInWords({ quarter, forecast, actual, bars }: ForecastBridge, currency: string): string {
  const money = (amount: number) => moneyInWords(Math.abs(amount), currency);
  const whole = `${money(forecast)} was forecast for ${period(quarter)} and ${money(actual)} was won`;
  const down = bars.filter(({ amount }) => amount < 0).toSorted((a, b) => a.amount - b.amount)[0];
  const up = bars.filter(({ amount }) => amount > 0).toSorted((a, b) => b.amount - a.amount)[0];
  const largest = [down, up].flatMap((bar) =>
    bar ? [`${bar.label.toLowerCase()} ${bar.amount < 0 ? 'took' : 'added'} ${money(bar.amount)}`] : [],
  );
  return largest.length === 0 ? `${whole}.` : `${whole}: ${largest.join(', ')}.`;
}

/** Bars without a deal, each in quotes: a label such as "Won, history not known" reads on as words of the sentence. */
export const emptyInWords = ({ empty }: Pick<ForecastBridge, 'empty'>): string | undefined =>
  empty.length === 0
    ? undefined
    : `Bars that no deal is in, and so are not drawn: ${empty.map((label) => `“${label}”`).join(', ')}.`;

/** How much slips, at the chosen lead time. */
export function slippageInWords(rows: readonly LeadSlippage[], { weeks }: ForecastChoice): string {
  const row = rows.find((one) => one.weeks === weeks);
  if (!row) return 'No deal was due in a quarter that is over.';
  const dollars = row.byAmount === null ? '' : `, and ${rate(row.byAmount, 0)} of their amount`;
  return `Of ${count(row.due, 'deal')} due in their quarter ${leadInWords(weeks)}, ${ranged(row.slipped)} were neither won nor lost in it${dollars}.`;
}

/** How often deals are put off, and what that says of their chance. */
export function pushesInWords(perDeal: number | null, bands: readonly Pushed[]): string {
  const never = bands.find(({ pushes }) => pushes === 0);
  const often = bands.filter(({ pushes }) => pushes > 0);
  if (perDeal === null || !never) return 'No closed deal has a history.';
  const n = often.reduce((sum, { deals }) => sum + deals, 0);
  if (n < MINIMUM_DEALS || never.deals < MINIMUM_DEALS)
    return `Deals were put off ${decimal(perDeal, 1)} times on average; too few to compare those that were.`;
  const won = often.reduce((sum, { won: { value }, deals }) => sum + (value ?? 0) * deals, 0) / n;
  return `Deals were put off ${decimal(perDeal, 1)} times on average. Of those put off ${rate(won, 0)} were won, of the others ${rate(never.won.value, 0)}; that goes together, and does not say why.`;
}

/** Whether the stated probability is right. */
export function probabilityInWords({ byDeal, deals, unstated }: Probabilities): string {
  if (deals === 0)
    return unstated > 0
      ? 'The history does not state a probability.'
      : 'No deal that was open then is decided yet.';
  if (!byDeal) return `There are ${count(deals, 'deal')}; a judgement takes ${MINIMUM_DEALS}.`;
  const off = byDeal.points.filter(({ happened, low, high }) => happened < low || happened > high);
  const interval = byDeal.brierInterval;
  const score = `Brier score ${decimal(byDeal.brier, 3)}${interval ? ` (${decimal(interval.low, 3)} to ${decimal(interval.high, 3)})` : ''}, ${count(deals, 'deal')}`;
  if (byDeal.chanceIfRight >= 0.05 || off.length === 0)
    return `The stated chances are no farther off than chance explains. ${score}.`;
  const worst = off.toSorted(
    (a, b) =>
      Math.abs(b.happened - b.probability) * b.weight - Math.abs(a.happened - a.probability) * a.weight,
  )[0]!;
  return `Where ${rate(worst.probability, 0)} was stated, ${rate(worst.happened, 0)} were won. ${score}.`;
}

/** What commit became, at the chosen lead time. */
export function conversionInWords(rows: readonly Conversion[], { weeks }: ForecastChoice): string {
  const found = rows.filter((row) => row.weeks === weeks && row.won.value !== null);
  const words = found.map(({ category, won }) => `${ranged(won)} of ${category.replace('_', ' ')}`);
  if (words.length === 0) return 'No category is known of deals that were due.';
  return `${leadInWords(weeks)[0]!.toUpperCase()}${leadInWords(weeks).slice(1)}, ${words.join(', ')} became won in the quarter.`;
}

/** Where the categories come from. */
export function recordedInWords({
  deals,
  recorded,
  byStage,
}: {
  deals: number;
  recorded: number;
  byStage: number;
}): string {
  const all = count(deals, 'deal');
  if (deals === 0) return all;
  const from = [
    recorded > 0 ? `category recorded for ${rate(recorded / deals, 0)}` : '',
    byStage > 0 ? `taken from the stage for ${rate(byStage / deals, 0)}` : '',
  ].filter(Boolean);
  return [all, ...(from.length > 0 ? from : ['no category known'])].join(' · ');
}

/** "412 deals · 31 not decided yet" */
export function decidedInWords({ deals, undecided, unstated }: Probabilities): string {
  return [
    count(deals, 'deal'),
    undecided > 0 ? `${count(undecided)} not decided yet` : '',
    unstated > 0 ? `no probability stated for ${count(unstated)}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
