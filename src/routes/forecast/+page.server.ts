import { dealsHref, downloadDoors, readAsking, requestOf } from '$lib/asking/asking.ts';
import { drawing, halfWide } from '$lib/charts/render.ts';
import { count, period } from '$lib/design/formats.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import type { Request } from '$lib/metrics/request.ts';
import { accuracy } from '$lib/questions/forecast/accuracy.ts';
import { forecastBehind, quartersOver } from '$lib/questions/forecast/behind.ts';
import { bridgeDrawn, forecastBridge } from '$lib/questions/forecast/bridge.ts';
import {
  atLead,
  forecastChoice,
  forecastKinds,
  forecastSplits,
  leadInWords,
  leadLabel,
  leadTimes,
} from '$lib/questions/forecast/choice.ts';
import { forecastGroups } from '$lib/questions/forecast/groups.ts';
import { forecastInputs } from '$lib/questions/forecast/inputs.ts';
import { categoryRecorded, conversion, pushes, slippage } from '$lib/questions/forecast/movement.ts';
import { askOpenDeals, probabilities } from '$lib/questions/forecast/probability.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import { pageHref } from '$lib/records/links.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import {
  behindInWords,
  behindQuestion,
  excessInWords,
  listedInWords,
} from '$lib/statements/forecastBehind.ts';
import { chosenLead, forecastHeadline, forecastStandfirst, statedGroups } from '$lib/statements/forecast.ts';
import * as sections from '$lib/statements/forecastSections.ts';
import { MAPE_NOTE } from '$lib/statistics/forecastAccuracy.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';
import * as tables from './tables.ts';

/** What a download is narrowed by, by dimension; its period instead of the page's. */
type Narrower = { period?: string } & Record<string, string>;

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    const { scope } = locals;
    const warehouse = await currentWarehouse();
    const { currency } = warehouse.build;
    const asking = await readAsking(url.searchParams, warehouse, standardPeriodOf(url.pathname));
    const choice = forecastChoice(url.searchParams, asking);
    const { kind, weeks, split } = choice;
    const inputs = await forecastInputs(warehouse, choice);
    const [found, groups, bridge, slips, pushed, converted, recorded, chances] = await Promise.all([
      accuracy(warehouse, choice, scope),
      forecastGroups(warehouse, choice, scope),
      forecastBridge(warehouse, choice, scope),
      slippage(warehouse, choice, scope),
      pushes(warehouse, choice, scope),
      conversion(warehouse, choice, scope),
      categoryRecorded(warehouse, choice, scope),
      probabilities(warehouse, choice, scope),
    ]);
    const lead = chosenLead(found, choice);
    const over = quartersOver(warehouse, found, weeks);
    const behind =
      choice.open === null ? null : await forecastBehind(warehouse, choice, choice.open, over, scope);
    // How few deals the first lean that is stated comes from.
    const [leaning] = statedGroups(groups);
    const ofLeaning =
      leaning && (await forecastBehind(warehouse, choice, `${split.id}:${leaning.id ?? ''}`, over, scope));
    const excess = ofLeaning ? excessInWords(ofLeaning, currency) : '';
    // The figure's deals are listed below, on this page: only here do they add up to it.
    const behindHref = (open: string, at: number = weeks) => {
      const search = new URLSearchParams(url.searchParams);
      search.set('open', open);
      search.set('weeks', String(at));
      return `${url.pathname}?${search}#behind`;
    };
    const namesDeals = kind.id !== 'submitted';
    const ofDeals = (more: string[]) => ['deal_id', 'deal_name', 'rep_name', 'fiscal_quarter', ...more];
    const at = { ...choice.asking, filters: [...choice.asking.filters, atLead(weeks)] };
    const basis = { n: groups.reduce((sum, { deals }) => sum + deals, 0), coverage: null };
    const aboutRequest = (measure: string, notes: string[], n: number, request: Request) => ({
      ...explanationOf(warehouse, measure, request, scope, { n, coverage: null }),
      notes,
    });
    const about = (measure: string, notes: string[] = [], n = basis.n, asked = at) =>
      aboutRequest(measure, notes, n, requestOf(asked, { measures: [measure] }));
    const door = (parameter: string, value: string, label: string, current: boolean) => ({
      label,
      current,
      href: pageHref(url, parameter, value),
    });
    // Downloads are of the lead time that the page is set to.
    const downloads = (measures: string[], by: string[], { period: asked, ...narrower }: Narrower = {}) => {
      const search = new URLSearchParams(narrower);
      if (!by.includes('weeks_before')) search.set('weeks_before', String(weeks));
      const whole = asked === undefined ? choice.asking : { ...choice.asking, period: asked };
      return downloadDoors(whole, { measures, by }).map(({ label, href }) => ({
        label,
        href: search.size === 0 ? href : `${href}&${search}`,
      }));
    };
    const quarterDoors = (bridge?.quarters ?? [])
      .slice(-6)
      .map((id) => door('bridge', id, period(id), id === bridge!.quarter));
    return {
      currency,
      kind: kind.id,
      headline: inputs.any
        ? forecastHeadline(found, groups, choice)
        : 'How good forecasts were cannot be told.',
      standfirst: inputs.any ? forecastStandfirst(found, groups, choice, excess) : undefined,
      inputs,
      left: choice.left,
      nothing: lead.quarters.length === 0,
      settings: {
        kinds: forecastKinds
          .filter(({ id }) => inputs.kinds.includes(id))
          .map(({ id, label }) => door('forecast', id, label, id === kind.id)),
        leads: leadTimes.map((id) => door('weeks', String(id), leadLabel(id), id === weeks)),
      },
      accuracy: {
        answer: sections.accuracyInWords(found, choice, groups),
        basis: count(lead.accuracy?.periods ?? 0, 'quarter'),
        drawing: drawing(
          'forecastCourse',
          lead.quarters.map(({ quarter, forecast, actual }) => ({ period: quarter, forecast, actual })),
          currency,
        ),
        note: `Bars are what was won in the quarter, dots what was forecast ${leadInWords(weeks)}; a ring is a quarter under way.`,
        table: tables.leadTable(
          found,
          choice,
          (id) => pageHref(url, 'weeks', String(id)),
          namesDeals ? (id) => behindHref('all', id) : undefined,
        ),
        explain: about(kind.bias, [
          'Missed by is WAPE, Σ|forecast − actual| ÷ Σ|actual| over quarters. Skill is 1 − WAPE ÷ WAPE of taking the earlier quarter; below zero it is worse than that.',
          `Quarters are the sample: n is ${lead.accuracy?.periods ?? 0}. Intervals of bias by Student's t, of the others by drawing quarters anew.`,
          MAPE_NOTE,
        ]),
        downloads: downloads([kind.measure, kind.actual], ['fiscal_quarter', 'weeks_before']),
      },
      groups: {
        any: groups.length > 0,
        answer: sections.groupsInWords(groups, choice, excess),
        basis: kind.id === 'submitted' ? undefined : count(basis.n, 'deal'),
        doors: forecastSplits.map(({ id, label }) => door('by', id, label, id === split.id)),
        table: tables.groupTable(groups, choice, (group) =>
          namesDeals ? behindHref(`${split.id}:${group.id ?? ''}`) : undefined,
        ),
        split,
        explain: about(kind.bias, [
          'Deals are the sample. Where an owner or their place changed, the forecast counts where it was made, and what was won where it was won.',
        ]),
        downloads: downloads(
          [kind.measure, kind.actual, kind.bias],
          split.id === split.name ? [split.id] : [split.id, split.name],
        ),
      },
      bridge: bridge && {
        ...bridge,
        request: null,
        answer: sections.bridgeInWords(bridge, currency),
        basis: period(bridge.quarter),
        note: sections.emptyInWords(bridge),
        drawing: drawing('dollarBridge', bridgeDrawn(bridge, leadLabel(weeks)), currency),
        doors: quarterDoors,
        table: tables.bridgeTable(bridge, (bar) => `${pageHref(url, 'show', bar)}#bridge-deals`),
        list: tables.barDeals(bridge),
        explain: aboutRequest(
          'bridge_amount',
          [
            'Each deal is in one bar by what became of it by the end of the quarter: lost, or its close date moved out, or its category fell, or it left the forecast. Transferred moves between people and is zero for the company.',
          ],
          bridge.bars.reduce((sum, { deals }) => sum + deals, 0),
          bridge.request,
        ),
        downloads: downloads(['bridge_amount', 'bridge_deals'], ['bar'], {
          period: bridge.quarter,
          forecast: kind.id,
        }),
        dealDownloads: downloads(
          ['bridge_amount'],
          ['deal_id', 'deal_name', 'account_name', 'rep_name', 'stage'],
          {
            period: bridge.quarter,
            forecast: kind.id,
            bar: bridge.shown?.id ?? '',
          },
        ),
      },
      behind: behind && {
        question: behindQuestion(behind, groups, choice),
        answer: behindInWords(behind, groups, choice, currency),
        basis: listedInWords(behind, tables.LISTED),
        table: tables.behindTable(behind),
        downloads: downloadDoors(behind.asking, { measures: behind.measures, by: behind.by }),
      },
      slippage: {
        any: slips.length > 0,
        answer: sections.slippageInWords(slips, choice),
        table: tables.slippageTable(slips, (id) => behindHref('due', id)),
        explain: about('slippage', [], slips.find((row) => row.weeks === weeks)?.due ?? 0),
        downloads: downloads(['slippage', 'slippage_by_amount', 'due_deals'], ['weeks_before'], {
          is_due: 'true',
        }),
      },
      pushes: {
        any: pushed.bands.length > 0,
        answer: sections.pushesInWords(pushed.perDeal, pushed.bands),
        basis: count(pushed.share.n, 'closed deal'),
        table: tables.pushTable(pushed.bands, (times) =>
          dealsHref(choice.asking, { pushes: times === 3 ? '3..' : String(times), is_closed: 'true' }),
        ),
        explain: about('pushes_per_deal', [], pushed.share.n, choice.asking),
        downloads: downloadDoors(choice.asking, {
          measures: ['win_rate', 'deals_with_history'],
          by: ['pushes'],
        }),
      },
      conversion: {
        any: converted.length > 0,
        answer: sections.conversionInWords(converted, choice),
        basis: sections.recordedInWords(recorded),
        table: tables.conversionTable(converted, (category, id) => behindHref(`category:${category}`, id)),
        explain: about('conversion', [], recorded.deals),
        downloads: downloads(
          ['conversion', 'conversion_by_amount', 'due_deals'],
          ['forecast_category', 'weeks_before'],
          {
            is_due: 'true',
          },
        ),
      },
      probability: {
        any: chances.byDeal !== null,
        answer: sections.probabilityInWords(chances),
        basis: sections.decidedInWords(chances),
        drawing: halfWide(
          drawing(
            'reliability',
            (chances.byDeal?.points ?? []).map(({ probability, happened, low, high, n }) => ({
              ...{ probability, happened, low, high },
              deals: n,
            })),
          ),
        ),
        scores: tables.scoreTable(chances),
        bases: tables.basisTable(chances.bases),
        explain: {
          ...aboutRequest(
            'later_won',
            [
              'One row a deal: the first quarter in which it was due at this lead time. Won by now counts, whenever it was.',
              'The curve is made never to fall as the stated chance rises (CORP). In the band run 95% of such curves if the stated chances are right.',
            ],
            chances.deals,
            askOpenDeals(choice, ['later_won', 'later_decided'], ['probability']),
          ),
          source: 'Dimitriadis, Gneiting & Jordan 2021; Brier 1950',
        },
        downloads: downloads(['later_won', 'later_decided', 'week_deals'], ofDeals(['probability']), {
          is_due: 'true',
        }),
      },
    };
  });
