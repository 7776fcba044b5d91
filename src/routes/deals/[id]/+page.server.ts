import { error } from '@sveltejs/kit';
import { count } from '$lib/design/formats.ts';
import { billedAsSold } from '$lib/records/billedAsSold.ts';
import { billsOf } from '$lib/records/bills.ts';
import { dealFacts } from '$lib/records/deal/facts.ts';
import { dealHistory } from '$lib/records/deal/history.ts';
import { dealLines } from '$lib/records/deal/lines.ts';
import { dealTeam, priceExceptions, valueAssessments } from '$lib/records/deal/people.ts';
import { linePeriods } from '$lib/records/deal/periods.ts';
import { quotesOf } from '$lib/records/deal/quotes.ts';
import {
  conversionInWords,
  findingOf,
  quotesInWords,
  splitsInWords,
  standfirstOf,
} from '$lib/records/deal/words.ts';
import { filterValue } from '$lib/records/links.ts';
import { absent } from '$lib/records/loaded.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';
import { basesOf, stepsSection } from './stepsSection.ts';

export const load: PageServerLoad = ({ params, url, locals: { scope } }) =>
  orRefuse(async () => {
    const { id } = params;
    const warehouse = await currentWarehouse();
    const { currency, time_zone: timeZone } = warehouse.build;
    // Asked all at once: whether there is such a deal takes as long to find as what it sold.
    const [deal, lines, steps, periods, quotes, history, team, exceptions, value, bills, match] =
      await Promise.all([
        dealFacts(warehouse, id, scope),
        dealLines(warehouse, id, scope),
        stepsSection(warehouse, id, scope, url),
        linePeriods(warehouse, id, scope),
        quotesOf(warehouse, id, scope),
        dealHistory(warehouse, id, scope),
        dealTeam(warehouse, id, scope),
        priceExceptions(warehouse, id, scope),
        valueAssessments(warehouse, id, scope),
        billsOf(warehouse, 'deal', id, scope),
        billedAsSold(warehouse, 'deal', id, scope),
      ]);
    if (!deal)
      error(404, { message: 'No deal has this id.', remedy: 'Look for it in the list of deals, or search.' });
    return {
      deal,
      currency,
      timeZone,
      lines,
      periods,
      quotes: { lines: quotes, answer: quotesInWords(quotes) },
      history,
      team,
      splits: splitsInWords(team),
      exceptions,
      value,
      bills,
      match,
      finding: findingOf(deal, steps.sums, currency),
      standfirst: standfirstOf(deal),
      steps: {
        ...steps,
        answer: steps.answer + conversionInWords(lines.sums, currency),
        bases: basesOf(url, bills.count > 0),
      },
      basis: count(deal.lines, 'line'),
      downloads: ['csv', 'xlsx', 'parquet'].map((format) => linesFile(id, format)),
      missing: {
        exceptions: await absent(warehouse, 'price_exception', 'Price exceptions'),
        team: await absent(warehouse, 'deal_team', 'Deal teams'),
        history: await historyAbsent(),
        value: await absent(warehouse, 'value_assessment', 'Value assessments'),
        bills: await absent(warehouse, 'invoice_line', 'Bills'),
      },
    };

    async function historyAbsent() {
      const events = await absent(warehouse, 'deal_event', 'Changes of deals');
      return events && (await absent(warehouse, 'deal_snapshot', 'Changes of deals'));
    }
  });

/** The lines as a file, in the reporting currency, whatever became of the deal. */
function linesFile(id: string, format: string) {
  const search = new URLSearchParams({
    measures: 'list_amount,discount,discount_rate,uplift,net_amount,cost_amount,quantity',
    by: 'deal_line_id,product_name,product_family,deal_type,discount_kind,discount_reason,list_source,source_file',
    deal_id: filterValue(id),
    is_won: 'true,false,',
    format,
  });
  return { label: { csv: 'CSV', xlsx: 'Excel' }[format] ?? 'Parquet', href: `/api/query?${search}` };
}
