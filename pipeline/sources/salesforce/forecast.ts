import type { Source } from '../source.ts';
import { reference } from './headers.ts';

/** Words for the category: "BestCaseForecast" of a roll-up, "Best Case" of a list. */
const category = `case regexp_replace(lower({ForecastCategoryName|ForecastingItemCategory|Forecast Category}), '[^a-z]|forecast|only|open', '', 'g')
  when 'commit' then 'commit' when '' then 'commit' when 'bestcase' then 'best_case' when 'mostlikely' then 'most_likely'
  when 'pipeline' then 'pipeline' when 'closed' then 'closed' when 'omitted' then 'omitted'
  else lower({ForecastCategoryName|ForecastingItemCategory|Forecast Category}) end`;
const rolledUp = "{ForecastingItemCategory} like '%Forecast' or {ForecastingItemCategory} like 'Open%'";

const owner = [...reference('Owner'), 'Forecast Owner', 'Owner'];
const periodStart = ['Period.StartDate', 'StartDate', 'Start Date', 'StartDate__c', 'Forecast Period Start'];

export const forecastingItem: Source = {
  name: 'Salesforce ForecastingItem',
  needs: [
    owner,
    ['ForecastAmount', 'AmountWithoutAdjustments', 'AmountWithoutManagerAdjustment', 'OwnerOnlyAmount'],
    ['ForecastCategoryName', 'ForecastingItemCategory', 'Forecast Category'],
    [...periodStart, 'PeriodId'],
  ],
  expects: ['ForecastAmount', 'OwnerOnlyAmount', 'AmountWithoutAdjustments', 'ForecastingTypeId', 'IsAmount'],
  feeds: [
    {
      table: 'forecast_submission',
      where: {
        sql: `coalesce(lower({IsAmount?}) not in ('false', '0'), true) and {ProductFamily?} is null
          and coalesce(lower({ForecastingType.DeveloperName|ForecastingType.MasterLabel?}) not like '%quantity%'
            and lower({ForecastingType.DeveloperName|ForecastingType.MasterLabel?}) not like '%overlay%', true)`,
        reason: 'a forecast of units, of overlays or of one product family, which the whole holds already',
      },
      columns: {
        person_id: owner,
        period_start: periodStart,
        category: { sql: category },
        // With every adjustment, and with everyone below: what its owner answers for.
        amount: [
          'ForecastAmount',
          'AmountWithoutManagerAdjustment',
          'AmountWithoutAdjustments',
          'OwnerOnlyAmount',
        ],
        submitted_at: {
          first: ['LastModifiedDate', 'SystemModstamp'],
          else: { sql: '$exported_at', how: 'when the file was exported' },
        },
        includes_team: {
          sql: "case when {ForecastAmount|AmountWithoutManagerAdjustment|AmountWithoutAdjustments?} is not null then 'true' else 'false' end",
        },
        is_cumulative: {
          sql: `case when ${rolledUp} then 'true' when {ForecastingItemCategory} is not null then 'false' end`,
        },
      },
    },
  ],
};

const quotaOwner = [...reference('QuotaOwner'), ...reference('User'), 'Quota Owner'];
const quotaAmount = ['QuotaAmount', 'QuotaAmount__c', 'Quota Amount', 'Quota_Amount__c'];
const quotaStart = ['StartDate', 'StartDate__c', 'Start_Date__c', 'Period.StartDate', 'Start Date'];

export const quota: Source = {
  name: 'Salesforce ForecastingQuota',
  needs: [quotaOwner, quotaAmount, quotaStart],
  expects: ['Id', 'PeriodId', 'ForecastingTypeId', 'IsAmount', 'QuotaOwnerId'],
  feeds: [
    {
      table: 'quota',
      where: {
        sql: "coalesce(lower({IsAmount?}) not in ('false', '0'), true) and {ProductFamily?} is null",
        reason: 'a quota of units, or of one product family',
      },
      columns: {
        person_id: quotaOwner,
        period_start: quotaStart,
        period_end: ['Period_End__c', 'Period End'],
        amount: quotaAmount,
      },
    },
  ],
};

/** Salesforce's days are inclusive and its rates are units of the currency for one of the corporate currency. */
const rateToBase = `round(1 / nullif(try_cast({ConversionRate} as double), 0), 8)::decimal(18, 8)`;

export const datedRate: Source = {
  name: 'Salesforce DatedConversionRate',
  needs: ['IsoCode', 'ConversionRate', ['StartDate', 'Start Date']],
  expects: ['Id', 'NextStartDate'],
  feeds: [
    {
      table: 'fx_rate',
      columns: {
        currency: ['IsoCode'],
        on_date: ['StartDate', 'Start Date'],
        rate_to_base: { sql: rateToBase },
      },
    },
  ],
};

export const currencyType: Source = {
  name: 'Salesforce CurrencyType',
  needs: ['IsoCode', 'ConversionRate', ['DecimalPlaces', 'IsCorporate', 'IsActive']],
  expects: ['Id', 'IsCorporate', 'IsActive', 'DecimalPlaces'],
  never: ['StartDate'],
  feeds: [{ table: 'fx_rate', columns: { currency: ['IsoCode'], rate_to_base: { sql: rateToBase } } }],
};
