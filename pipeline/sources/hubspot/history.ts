import type { Source } from '../source.ts';

const name = '{name|property|property_name|Property}';
const field = `case lower(${name})
  when 'dealstage' then 'stage' when 'amount' then 'amount' when 'closedate' then 'closed_on'
  when 'hubspot_owner_id' then 'owner' when 'hs_manual_forecast_category' then 'forecast_category'
  when 'hs_deal_stage_probability' then 'probability' end`;

/**
 * The day of an instant, in the reporting zone: milliseconds since 1970, or text that says its zone or is in UTC. The
 * brackets say that the column holds more than numbers, and isn't to be read as one that holds nothing else.
 */
const day = (text: string) => `coalesce(
  timezone($time_zone, to_timestamp(try_cast((${text}) as bigint) / 1000))::date,
  timezone($time_zone, timezone('UTC', try_cast(replace(${text}, 'Z', '') as timestamp)))::date)::varchar`;

const value = `case lower(${name})
  when 'closedate' then ${day('{value|Value}')}
  when 'hs_deal_stage_probability' then (try_cast(({value|Value}) as double) * 100)::decimal(9, 4)::varchar
  else {value|Value} end`;

const at = ['timestamp', 'Timestamp', 'changed_at', 'updated_at'];

/** One row is one value that a property of a deal was given. */
export const dealPropertyHistory: Source = {
  name: 'HubSpot history of deals',
  needs: [
    ['deal_id', 'dealId', 'Deal ID'],
    ['name', 'property', 'property_name', 'Property'],
    ['value', 'Value'],
    at,
  ],
  expects: ['source', 'source_id'],
  never: ['contact_id', 'company_id', 'ticket_id'],
  feeds: [
    {
      table: 'deal_event',
      where: { sql: `(${field}) is not null`, reason: 'a change of a property that is not followed' },
      columns: {
        deal_id: ['deal_id', 'dealId', 'Deal ID'],
        happened_at: { utc: at },
        field: { sql: `coalesce(${field}, ${name})` },
        new_value: { sql: value },
      },
    },
  ],
};

/** One row is one stage that a deal entered. */
export const dealStageHistory: Source = {
  name: 'HubSpot stages of deals',
  needs: ['deal_id', ['value', 'stage_id'], ['date_entered', '_fivetran_start']],
  expects: ['_fivetran_start', '_fivetran_end', 'date_entered'],
  never: ['name', 'property_dealname', 'deal_pipeline_stage_id'],
  feeds: [
    {
      table: 'deal_event',
      // Stages that were left are history, too.
      where: {
        sql: "coalesce(lower({is_deleted|_fivetran_deleted?}) not in ('true', '1'), true)",
        reason: 'deleted in HubSpot',
      },
      columns: {
        deal_id: ['deal_id'],
        happened_at: { utc: ['date_entered', '_fivetran_start'] },
        field: { sql: "case when {deal_id} is not null then 'stage' end" },
        new_value: ['value', 'stage_id'],
      },
    },
  ],
};
