import type { Source } from '../source.ts';
import { is, said } from './headers.ts';

const stageId = ['stage_id', 'stageId', 'id', 'Stage ID', 'Internal ID'];
const label = ['label', 'Stage name', 'Label'];
const probabilities = ['probability', 'metadata_probability', 'metadata.probability', 'Win probability'];
const closed = ['is_closed', 'metadata_is_closed', 'metadata.isClosed', 'isClosed'];
const won = ['closed_won', 'closedWon'];
const decimal = (text: string) => `try_cast(${text} as double)`;
const probability = decimal(said(probabilities));
/** The chance to win of 0 to 1; what is more than that is a percentage, of which 1 may be one of 100 or all. */
const chance = `case when ${probability} > 1 then ${probability} / 100 else ${probability} end`;

/**
 * Stages by the ids that deals name them by. A deal's stage of probability 0 is closed lost and of 1 closed won by
 * HubSpot's own definition ("Pipelines" in its guide to the CRM API), which is all that tables of connectors say of lost.
 */
export const pipelineStage: Source = {
  name: 'HubSpot pipeline stage',
  needs: [
    stageId,
    label,
    probabilities,
    [
      'pipeline_id',
      'pipelineId',
      'closed_won',
      'is_closed',
      'metadata_is_closed',
      'metadata.isClosed',
      'display_order',
      'displayOrder',
    ],
  ],
  expects: ['pipeline_id', 'closed_won', 'is_closed', 'display_order', 'active'],
  never: ['deal_id', 'dealname', 'property_dealname', 'StageName', 'CloseDate', 'Amount'],
  feeds: [
    {
      table: 'deal_stage',
      // A stage that is gone is still what old deals and histories name.
      columns: {
        stage_id: stageId,
        name: label,
        probability: {
          sql: `(${probability} * case when ${said(probabilities)} like '%/%' then null when ${probability} <= 1 then 100 else 1 end)::decimal(9, 4)`,
        },
        is_won: {
          first: won,
          else: {
            sql: `${chance} = 1 and coalesce(${is(closed)}, true)`,
            how: 'closed at a probability of 1',
          },
        },
        is_closed: {
          first: closed,
          else: {
            sql: `coalesce(${is(won)}, false) or ${chance} in (0, 1)`,
            how: 'probability of 0 or 1',
          },
        },
      },
    },
  ],
};

const inside = decimal('coalesce({item.metadata.probability}, {item.probability})');

/** The API's pipelines, with a list of their stages in each. */
export const pipelineWithStages: Source = {
  name: 'HubSpot pipeline with its stages',
  needs: [['id', 'pipelineId', 'pipeline_id'], 'label', ['displayOrder', 'display_order'], 'stages'],
  expects: ['createdAt', 'updatedAt', 'archived'],
  feeds: [
    {
      table: 'deal_stage',
      each: ['stages'],
      where: { sql: `${inside} is not null`, reason: 'no pipeline of deals' },
      columns: {
        stage_id: { sql: 'coalesce({item.id}, {item.stageId})' },
        name: ['item.label'],
        probability: { sql: `(${inside} * 100)::decimal(9, 4)` },
        is_won: { sql: `${inside} = 1` },
        is_closed: { sql: `${inside} in (0, 1)` },
      },
    },
  ],
};
