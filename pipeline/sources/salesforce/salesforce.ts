import type { Source } from '../source.ts';
import { account, accountTeam } from './accounts.ts';
import { priceBookEntry, product } from './catalogue.ts';
import { cpqQuote, cpqQuoteLine, cpqSubscription, quote, quoteLine } from './cpq.ts';
import { currencyType, datedRate, forecastingItem, quota } from './forecast.ts';
import { fieldHistory, opportunityHistory } from './history.ts';
import { notNeeded } from './notNeeded.ts';
import { opportunity, opportunityVersions } from './opportunity.ts';
import { lineItem, opportunityWithProducts } from './opportunityLineItem.ts';
import {
  contactRole,
  opportunitySplit,
  opportunityTeam,
  splitType,
  user,
  userRole,
  managers,
} from './people.ts';
import { opportunityStage } from './stages.ts';

export const salesforce: Source[] = [
  ...[opportunity, opportunityVersions, opportunityWithProducts, lineItem],
  ...[opportunityHistory, fieldHistory, opportunityStage],
  ...[priceBookEntry, product, account, accountTeam],
  ...[user, managers, userRole, opportunityTeam, opportunitySplit, splitType, contactRole],
  ...[forecastingItem, quota, datedRate, currencyType],
  ...[cpqQuote, cpqQuoteLine, cpqSubscription, quote, quoteLine],
  ...notNeeded,
];
