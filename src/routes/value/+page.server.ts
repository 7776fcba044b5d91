import type { Scope } from '$lib/access/scope.ts';
import { alone, dealsHref, downloadDoors, readAsking, requestOf } from '$lib/asking/asking.ts';
import { drawing } from '$lib/charts/render.ts';
import { count } from '$lib/design/formats.ts';
import { standardPeriodOf } from '$lib/design/pages.ts';
import { askedOfValue, only } from '$lib/questions/value/asked.ts';
import { markStanding } from '$lib/questions/value/comparison.ts';
import { evidence } from '$lib/questions/value/evidence.ts';
import { basisOfOutcomes } from '$lib/questions/value/groups.ts';
import { missingOfValue } from '$lib/questions/value/missing.ts';
import { modelFit } from '$lib/questions/value/modelFit.ts';
import { network } from '$lib/questions/value/network.ts';
import { pipelineValue } from '$lib/questions/value/pipeline.ts';
import { priceAgainstValue } from '$lib/questions/value/price.ts';
import { quality } from '$lib/questions/value/quality.ts';
import { recorded, valueSplitOf, valueSplits } from '$lib/questions/value/recorded.ts';
import { rfp } from '$lib/questions/value/rfp.ts';
import { explanationOf } from '$lib/records/explanation.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { ignoredWords } from '$lib/statements/ownership/words.ts';
import { association, basisInWords } from '$lib/statements/value/comparisons.ts';
import * as names from '$lib/statements/value/groupNames.ts';
import * as sections from '$lib/statements/value/sections.ts';
import * as tables from '$lib/statements/value/tables.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { later } from '$lib/warehouse/firstAnswer.ts';
import type { Warehouse } from '$lib/warehouse/warehouse.ts';
import { outcomeDownloads } from './outcomeDoors.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals }) =>
  orRefuse(async () => {
    const warehouse = await currentWarehouse();
    const split = valueSplitOf(url.searchParams);
    const asked = askedOfValue(await readAsking(url.searchParams, warehouse, standardPeriodOf(url.pathname)));
    return { found: await later(locals, () => foundIn(warehouse, asked, split, url, locals.scope)) };
  });

async function foundIn(
  warehouse: Warehouse,
  { asking, ignored }: ReturnType<typeof askedOfValue>,
  split: ReturnType<typeof valueSplitOf>,
  url: URL,
  scope: Scope,
) {
  const { currency } = warehouse.build;
  const [found, priced, net, open, graded, requests, fit, well, basis, missing] = await Promise.all([
    recorded(warehouse, asking, split, scope),
    priceAgainstValue(warehouse, asking, scope),
    network(warehouse, asking, scope),
    pipelineValue(warehouse, asking, scope),
    evidence(warehouse, asking, scope),
    rfp(warehouse, asking, scope),
    modelFit(warehouse, asking, scope),
    quality(warehouse, asking, scope),
    basisOfOutcomes(warehouse),
    missingOfValue(warehouse, scope),
  ]);
  const compared = markStanding([graded, requests, fit, well].flatMap((section) => section?.compared ?? []));
  const of = (start: string) => compared.filter(({ id }) => id.startsWith(start));
  const about = (id: string, n: number, more: object = {}) => ({
    ...explanationOf(warehouse, id, requestOf(alone(asking), { measures: [id], ...more }), scope, {
      n,
      coverage: null,
    }),
  });
  const files = (measures: string[], by: string[] = [], of = asking) => downloadDoors(of, { measures, by });
  const always = { ...asking, period: null };
  // The discounts of the tables below are of those that someone decided, where the source tells.
  const decided =
    basis.discounts === 'discretionary'
      ? [...asking.filters, only('discount_kind', ['discretionary'])]
      : asking.filters;
  const link = (id: string) => {
    const search = new URLSearchParams(url.searchParams);
    search.set('by', id);
    return `?${search}`;
  };
  const note = `${basisInWords(basis.discounts, basis.withoutRenewals)} ${association}`;
  return {
    currency,
    missing,
    headline: sections.valueHeadline(found, compared, open),
    standfirst: sections.valueStandfirst(found, open, currency),
    ignored: ignoredWords(ignored),
    recorded: found && {
      answer: sections.recordedInWords(found, currency),
      basis: count(found.deals, 'deal'),
      columns: tables.recordedColumns(found),
      rows: tables.recordedRows(found, asking),
      steps: found.steps,
      doors: valueSplits.map(({ id, label }) => ({ label, href: link(id), current: id === split.id })),
      explain: about('value_recorded', found.deals),
      downloads: files(
        ['value_recorded', 'value_confirmed', 'value_estimated', 'deals_with_value'],
        [split.id],
      ),
    },
    price: priced && {
      answer: sections.priceInWords(priced, currency),
      basis: count(priced.deals, 'deal'),
      columns: tables.priceColumns,
      rows: tables.priceRows(priced),
      explain: about('price_to_value', priced.deals),
      downloads: files(
        ['value_recorded', 'price_to_value', 'value_less_price', 'differentiation_captured'],
        ['deal_id', 'deal_name', 'account_name', 'rep_name', 'value_evidence'],
      ),
    },
    network: net && {
      answer: sections.networkInWords(net),
      drawing: drawing('valueNetwork', tables.networkPicture(net), currency),
      columns: tables.networkColumns,
      rows: tables.networkRows(net),
      downloads: files(
        ['value_recorded', 'value_confirmed', 'deals_with_value'],
        ['outcome_id', 'outcome_name'],
      ),
    },
    pipeline: open && {
      answer: sections.pipelineInWords(open, currency),
      basis: count(open.deals, 'open deal'),
      columns: tables.pipelineColumns,
      rows: tables.pipelineRows(open, asking),
      openColumns: tables.openColumns,
      openRows: tables.openRows(open),
      deals: dealsHref(asking, { is_closed: 'false', period: 'all' }),
      explain: about('pipeline_with_confirmed_value', open.deals, { period: null }),
      downloads: files(['pipeline_with_confirmed_value', 'pipeline_net', 'open_deals'], ['region'], always),
    },
    evidence: graded && {
      answer: sections.evidenceInWords(of('value')),
      note,
      basis: count(graded.deals, 'deal'),
      columns: tables.soldColumns('Value'),
      rows: tables.soldRows(graded, asking, tables.evidenceWords, (id) => ({ value_evidence: id })),
      comparedColumns: tables.comparedColumns,
      compared: tables.comparedRows(of('value'), names.valueComparison),
      explain: about('discount_rate', graded.deals, { by: ['value_evidence'], filters: decided }),
      downloads: outcomeDownloads(asking, basis, ['value_evidence']),
    },
    rfp: requests && {
      answer: sections.rfpInWords(requests, of('rfp')),
      note,
      basis: `${count(requests.deals, 'deal')} with a request`,
      columns: tables.soldColumns('When the request came'),
      rows: tables.soldRows(requests, asking, names.rfpName, (id) => ({ rfp_engagement: id })),
      trend: requests.quarters.length > 1 ? drawing('courses', names.rfpCourses(requests)) : null,
      comparedColumns: tables.comparedColumns,
      compared: tables.comparedRows(of('rfp'), names.rfpComparison),
      explain: about('rfp_shaped_share', requests.deals),
      downloads: [
        ...files(['rfp_deals'], ['rfp_engagement']),
        ...outcomeDownloads(asking, basis, ['rfp_engagement']),
      ],
    },
    fit: fit && {
      answer: sections.fitInWords(fit, of('fit')),
      note,
      basis: count(fit.deals, 'deal'),
      columns: tables.soldColumns('Purchase and selling model'),
      rows: tables.soldRows(fit, asking, names.fitName, names.fitNarrower),
      comparedColumns: tables.comparedColumns,
      compared: tables.comparedRows(of('fit'), names.fitComparison),
      explain: about('model_fit_share', fit.deals),
      downloads: outcomeDownloads(asking, basis, ['purchase', 'selling_model']),
    },
    quality: well && {
      answer: sections.qualityInWords(well, of('quality')),
      basis: count(well.deals, 'deal'),
      columns: tables.signColumns,
      rows: tables.signRows(well.signs),
      comparedColumns: tables.comparedColumns,
      compared: tables.comparedRows(of('quality'), names.qualityComparison),
      downloads: files(
        ['outcomes_quantified_per_deal', 'allies_per_deal', 'insights_per_deal'],
        ['region', 'fiscal_quarter'],
      ),
    },
  };
}
