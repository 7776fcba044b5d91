import type { Source } from '../source.ts';
import { companies, owners } from './company.ts';
import { deal, dealCompany, dealContact } from './deal.ts';
import { dealPropertyHistory, dealStageHistory } from './history.ts';
import { lineItem, lineItemDeal, lineItemWithoutDeal, product } from './lineItem.ts';
import { notNeeded } from './notNeeded.ts';
import { pipelineStage, pipelineWithStages } from './stages.ts';

export const hubspot: Source[] = [
  ...[deal, dealCompany, dealContact, dealPropertyHistory, dealStageHistory],
  ...[pipelineStage, pipelineWithStages],
  ...[lineItem, lineItemWithoutDeal, lineItemDeal, product],
  ...[companies, owners],
  ...notNeeded,
];
