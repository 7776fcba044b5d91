import type { Source } from '../source.ts';
import { companies, owners } from './company.ts';
import { deal, dealCompany, dealContact } from './deal.ts';
import { dealPropertyHistory, dealStageHistory } from './history.ts';
import { lineItem, lineItemDeal, lineItemWithoutDeal, product } from './lineItem.ts';
import { notNeeded } from './notNeeded.ts';
import { pipelineStage } from './stages.ts';

export const hubspot: Source[] = [
  ...[deal, dealCompany, dealContact, pipelineStage, dealPropertyHistory, dealStageHistory],
  ...[lineItem, lineItemWithoutDeal, lineItemDeal, product],
  ...[companies, owners],
  ...notNeeded,
];
