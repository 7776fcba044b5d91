import { count, pointsInterval, rate } from '../design/formats.ts';
import type { Accuracy, LeadAccuracy } from '../questions/forecast/accuracy.ts';
import { leadInWords, type ForecastChoice } from '../questions/forecast/choice.ts';
import type { GroupAccuracy } from '../questions/forecast/groups.ts';

const size = (share: number) => rate(Math.abs(share), 0);
const high = (share: number) => (share > 0 ? 'too high' : 'too low');

const said = { commit: 'commit forecast', best_case: 'best-case forecast', submitted: 'submitted forecast' };

/** The accuracy at the lead time that the page is set to. */
export const chosenLead = ({ leads }: Accuracy, { weeks }: ForecastChoice): LeadAccuracy =>
  leads.find((lead) => lead.weeks === weeks)!;

/** The groups that may be said to forecast too much or too little, the farthest off in money first. */
export const statedGroups = (groups: readonly GroupAccuracy[]): GroupAccuracy[] =>
  groups
    .filter(({ stands }) => stands)
    .toSorted((a, b) => Math.abs(b.forecast - b.actual) - Math.abs(a.forecast - a.actual));

/** The one group that is asked for, where its deals say that it leans: then quarters are its sample as well. */
export function leansAlone(groups: readonly GroupAccuracy[]): GroupAccuracy | null {
  const [only, ...others] = groups;
  return only?.stands && others.length === 0 ? only : null;
}

/** What the page leads with: who is biased, else how far the company's forecast is from what was won. */
export function forecastHeadline(
  found: Accuracy,
  groups: readonly GroupAccuracy[],
  choice: ForecastChoice,
): string {
  const lead = chosenLead(found, choice);
  const at = leadInWords(choice.weeks);
  if (lead.accuracy === null || lead.accuracy.wape.value === null)
    return 'How good forecasts were cannot be told yet.';
  const [first] = statedGroups(groups);
  if (first && leansAlone(groups) && lead.bias?.verdict !== 'effect')
    return `${first.name} forecast ${size(first.bias!)} too ${first.bias! > 0 ? 'much' : 'little'} ${at}; whether it does so quarter after quarter, ${count(lead.accuracy.periods, 'quarter')} cannot tell.`;
  if (first)
    return `${first.name} forecasts ${size(first.bias!)} too ${first.bias! > 0 ? 'much' : 'little'} ${at}.`;
  const missed = `The ${said[choice.kind.id]} ${at} missed by ${rate(lead.accuracy.wape.value, 0)} of what was won`;
  if (groups.every(({ p }) => p === null)) return `${missed}.`;
  return `${missed}; no ${choice.split.one} is biased by more than chance explains.`;
}

/** One group by itself: what its deals say, and what its quarters do. */
function aloneInWords({ low, high, deals }: GroupAccuracy, { bias, accuracy }: LeadAccuracy): string {
  const byDeals = `With its ${count(deals, 'deal')} as the sample that is more than chance explains (95% interval ${pointsInterval(low!, high!)} points)`;
  if (!bias || bias.low === null || bias.high === null) return `${byDeals}; n is 1 quarter.`;
  const reach = `95% interval ${pointsInterval(bias.low, bias.high)} points, n = ${accuracy!.periods}`;
  return bias.verdict === 'effect'
    ? `${byDeals}, and so it is with its quarters (${reach}).`
    : `${byDeals}; with its quarters as the sample it may be chance (${reach}).`;
}

/** What the headline rests on; `excess` says which deals it comes from. */
export function forecastStandfirst(
  found: Accuracy,
  groups: readonly GroupAccuracy[],
  choice: ForecastChoice,
  excess = '',
): string | undefined {
  const lead = chosenLead(found, choice);
  if (lead.accuracy === null) return undefined;
  const judged = groups.filter(({ p }) => p !== null);
  const stated = statedGroups(groups);
  const [first, ...others] = stated;
  const n = `${count(lead.accuracy.periods, 'quarter')} that ${lead.accuracy.periods === 1 ? 'is' : 'are'} over`;
  const compared = `Compared are ${count(judged.length, choice.split.one, choice.split.several)} with ten deals or more, with deals as the sample; the company's own figures have quarters as theirs, and so n is ${lead.accuracy.periods}.`;
  const alone = leansAlone(groups);
  if (alone) return `${aloneInWords(alone, lead)} ${excess}`.trim();
  if (!first) return judged.length > 0 ? compared : `Over ${n}; n is ${lead.accuracy.periods}.`;
  const reach = `95% interval ${pointsInterval(first.low!, first.high!)} points, ${count(first.deals, 'deal')}, ${n}`;
  const also =
    others.length === 0
      ? `It is the only one of ${judged.length} whose bias chance does not explain.`
      : `So ${others.length === 1 ? 'is' : 'are'} ${others.map(({ name, bias }) => `${name} (${size(bias!)} ${high(bias!)})`).join(', ')}.`;
  return [`${reach[0]!.toUpperCase()}${reach.slice(1)}.`, excess, also, compared].filter(Boolean).join(' ');
}
