import type { Dimension } from '../definition.ts';
import { column, text } from './columns.ts';
import { sales, forecastDeals, forecasts, handledDeals } from './factGroups.ts';

/** Where a deal stands, and how it was forecast. */
export const forecast: readonly Dimension[] = [
  {
    ...text('stage', 'Stage', "The deal's stage in the source; of forecasts, as it stood then.", [
      ...sales,
      ...forecastDeals,
    ]),
    decidesPopulation: true,
  },
  text(
    'forecast_category',
    'Forecast category',
    "The deal's forecast category in the source; of forecasts, as it stood then: commit, most_likely, best_case, pipeline or omitted.",
    [...sales, ...forecastDeals],
  ),
  {
    id: 'weeks_before',
    label: 'Weeks before the end',
    definition:
      "Weeks before the end of the quarter at which the forecast was frozen: 12, 8, 4, 2 or 1; 13 is the quarter's first day. Four where nothing is said.",
    type: 'number',
    sql: column('weeks_before', forecasts),
  },
  text('forecast', 'Forecast', 'Which forecast a bridge begins at: commit or best_case.', [
    'forecast_bridge',
  ]),
  text(
    'bar',
    'Bar',
    'What moved the forecast: lost, slipped, moved_down, removed, changed, transferred, currency, other_category, pulled_in, reopened, bluebird, not_known; forecast and actual are the ends.',
    ['forecast_bridge'],
  ),
  text(
    'became',
    'Became',
    "Of a deal open at the lead time, by the quarter's end: won, lost, slipped, still open or removed.",
    ['deal_week', 'forecast_deal'],
  ),
  text(
    'category_source',
    'Forecast category from',
    "Whether the deal's category then was recorded, or is its stage's.",
    ['deal_week', 'forecast_deal'],
  ),
  {
    id: 'is_due',
    label: 'Due in the quarter',
    definition: 'Whether the close date expected then was in the quarter.',
    type: 'boolean',
    sql: column('is_due', ['deal_week', 'forecast_deal']),
  },
  {
    id: 'probability',
    label: 'Stated probability',
    definition: 'The chance to win that the source states, in percent; of forecasts, as it stood then.',
    type: 'number',
    sql: { deal: 'probability', deal_week: 'probability', forecast_deal: 'probability' },
  },
  {
    id: 'pushes',
    label: 'Pushes',
    definition: 'How often the expected close was put off while the deal was open.',
    type: 'number',
    sql: column('pushes', ['deal', 'deal_week']),
  },
  {
    id: 'is_closed',
    label: 'Closed',
    definition: 'Whether the deal is won or lost.',
    type: 'boolean',
    sql: column('is_closed', [...sales, ...handledDeals, 'deal_touch', 'consumption_deal']),
    decidesPopulation: true,
  },
  {
    id: 'is_won',
    label: 'Won',
    definition: 'Whether the deal is won.',
    type: 'boolean',
    sql: column('is_won', [...sales, ...handledDeals, 'deal_touch', 'consumption_deal']),
    decidesPopulation: true,
  },
];
