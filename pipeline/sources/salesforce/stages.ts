import type { Source } from '../source.ts';

/** What each stage means: which won, which lost, and the forecast category of the open ones. */
export const opportunityStage: Source = {
  name: 'Salesforce OpportunityStage',
  needs: [['MasterLabel', 'ApiName'], 'IsWon', 'IsClosed', ['DefaultProbability', 'ForecastCategoryName']],
  expects: ['Id', 'SortOrder', 'IsActive'],
  never: ['OpportunityId', 'StageName', 'CloseDate'],
  feeds: [
    {
      table: 'deal_stage',
      columns: {
        stage_id: ['ApiName', 'MasterLabel'],
        name: ['MasterLabel', 'ApiName'],
        probability: ['DefaultProbability'],
        is_closed: ['IsClosed'],
        is_won: ['IsWon'],
        forecast_category: ['ForecastCategoryName', 'ForecastCategory'],
      },
    },
  ],
};
