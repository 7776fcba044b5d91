import { instant, iso } from './calendar.ts';
import { quoted } from './csv.ts';
import type { Account } from './customers.ts';
import { holder } from './customers.ts';
import type { Deal } from './deal.ts';
import { salesforceIds } from './identifiers.ts';
import { STAGES, type Moment } from './history.ts';
import { priced, type Line } from './lines.ts';
import { cents, quantity } from './money.ts';
import { placeOn, type Person } from './person.ts';
import type { World } from './world.ts';

export const PRICE_BOOK = '01s5g00000StndPbAAG';
const entryIds = salesforceIds('01u');
const partnerIds = salesforceIds('001');

/** A partner's account id; partners live above all customers' numbers. */
export const partnerId = (n: number): string => partnerIds(800_000_000 + n);

const entryId = (product: number, currency: string): string =>
  entryIds(product * 2 + (currency === 'USD' ? 0 : 1) + 60);

/** Writes User, Product2 and PricebookEntry: the small tables that don't grow with the company. */
export function writeReference(world: World): void {
  const { folder, people, book, today } = world;
  const users = folder.open(
    'salesforce/User',
    `Id Name Email ManagerId UserRole.Name Department Title IsActive Region__c Team__c CreatedDate`,
  );
  for (const person of people.all) {
    const place = placeOn(person, today);
    const created = instant(Math.max(person.activeFrom, world.firstDay - 900), 32_400);
    const active = person.activeTo > today;
    const { id, name, email, title, department } = person;
    users.row(
      id,
      name,
      email,
      place.managerId,
      title,
      department,
      title,
      active,
      place.region,
      place.team,
      created,
    );
  }

  const products = folder.open(
    'salesforce/Product2',
    `Id Name ProductCode Family IsActive Offer_Model__c Parent_Product_Id__c`,
  );
  const idOf = new Map(book.products.map((product) => [product.code, product.id]));
  for (const product of book.products) {
    const active = product.soldUntil > today;
    const { id, name, code, family, offerModel, partOf } = product;
    products.row(id, name, code, family, active, offerModel, idOf.get(partOf) ?? '');
  }

  const entries = folder.open(
    'salesforce/PricebookEntry',
    `Id Pricebook2Id Product2Id CurrencyIsoCode UnitPrice IsActive`,
  );
  for (const product of book.products) {
    // A product without list price stands in the price book at 0.00, as Salesforce wants an entry.
    for (const currency of ['USD', 'EUR']) {
      const price = product.priced ? cents(product.list[currency]![1]) : '0.00';
      entries.row(
        entryId(product.index, currency),
        PRICE_BOOK,
        product.id,
        currency,
        price,
        product.soldUntil > today,
      );
    }
  }
}

export interface SalesforceFiles {
  account(account: Account): void;
  /** `lean` leaves history and team out. */
  deal(deal: Deal, moments: readonly Moment[], extras: DealExtras, lean: boolean): void;
}

/** What a deal says about itself beyond price, in the columns' own words. */
export interface DealExtras {
  sellingModel: string;
  novelty: string;
  risk: string;
  rfp: string;
  customerValue: string;
  /** The same in cents; 0 where nothing is recorded. */
  worth: number;
  nextBest: string;
  lostReason: string;
  committed: string;
  proForma: string;
  leadSource: string;
  team: { person: Person; role: string; joinedOn: number }[];
}

/** Opens the large Salesforce files; the rest of the company is written into them as it happens. */
export function openSalesforce(world: World): SalesforceFiles {
  const { folder, ids, settings, today } = world;
  const accounts = folder.open(
    'salesforce/Account',
    `Id Name ParentId OwnerId Industry BillingCountry NumberOfEmployees Type Segment__c Region__c CreatedDate`,
  );
  const opportunities = folder.open(
    'salesforce/Opportunity',
    `Id Name AccountId OwnerId Type StageName ForecastCategoryName Probability Amount CurrencyIsoCode CloseDate
     CreatedDate IsClosed IsWon Pricebook2Id LeadSource Original_Seller_Id__c Partner_Id__c Is_Partner_Led__c
     Channel__c Selling_Model__c Purchase_Novelty__c Purchase_Risk__c Rfp_Engagement__c Customer_Value__c
     Next_Best_Price__c Lost_Reason__c Committed_Amount__c Pro_Forma_Amount__c`,
  );
  const lineItems = folder.open(
    'salesforce/OpportunityLineItem',
    `Id OpportunityId Product2Id PricebookEntryId Quantity ListPrice UnitPrice Discount Subtotal TotalPrice
     ServiceDate Term_Months__c Price_Period__c Discount_Kind__c Discount_Reason__c Subscription_Id__c`,
  );
  const history = folder.open(
    'salesforce/OpportunityHistory',
    `Id OpportunityId StageName Amount ExpectedRevenue CloseDate Probability ForecastCategory CreatedDate`,
  );
  const members = folder.open(
    'salesforce/OpportunityTeamMember',
    `Id OpportunityId UserId TeamMemberRole CreatedDate`,
  );
  const sources = Object.fromEntries(
    Object.entries(settings.company.deal_types).map(([ours, one]) => [ours, one.source]),
  );
  settings.company.partners.forEach((name, n) => {
    const created = instant(world.firstDay - 700, 36_000);
    accounts.row(
      partnerId(n),
      name,
      '',
      world.people.of('partner_manager', 'East')[0]!.id,
      'Software',
      'United States',
      80,
      'Partner',
      '',
      '',
      created,
    );
  });

  return {
    account(account) {
      const customer = account.customerSince < today;
      const owner = holder(customer ? account.managers : account.executives, today);
      const { id, name, parentId, industry, country, headcount, segment, region } = account;
      const type = customer ? 'Customer' : 'Prospect';
      const created = instant(account.createdOn, 36_000 + (account.index % 20_000));
      accounts.row(
        id,
        name,
        parentId,
        owner.id,
        industry,
        country,
        headcount,
        type,
        segment.name,
        region.name,
        created,
      );
    },
    deal(deal, moments, extras, lean) {
      const now = moments.at(-1)!;
      const stage = STAGES[now.stage]!;
      const { account } = deal;
      const partner = deal.partnerLed ? partnerId(account.partner) : '';
      const name = quoted(`${account.name} - ${LABELS[deal.type]} ${iso(deal.createdOn).slice(0, 7)}`);
      const closed = deal.outcome !== 'open';
      opportunities.line(
        `${deal.id},${name},${account.id},${deal.owner.id},${sources[deal.type]},${stage.name},${stage.category},` +
          `${stage.probability},${cents(now.amount)},${account.region.currency},${iso(now.closesOn)},` +
          `${instant(moments[0]!.on, moments[0]!.seconds)},${closed},${deal.outcome === 'won'},${PRICE_BOOK},` +
          `${extras.leadSource},${deal.originalSeller?.id ?? ''},${partner},${deal.partnerLed},` +
          `${deal.partnerLed ? 'partner' : 'direct'},${extras.sellingModel},${extras.novelty},${extras.risk},` +
          `${extras.rfp},${extras.customerValue},${extras.nextBest},${extras.lostReason},${extras.committed},${extras.proForma}`,
      );
      for (const line of deal.lines) lineItems.line(lineItem(deal, line));
      if (lean) return;
      for (const moment of moments) {
        const at = STAGES[moment.stage]!;
        history.line(
          `${ids.history(history.rows)},${deal.id},${at.name},${cents(moment.amount)},` +
            `${cents(Math.round((moment.amount * at.probability) / 100))},${iso(moment.closesOn)},${at.probability},` +
            `${at.historyCategory},${instant(moment.on, moment.seconds)}`,
        );
      }
      for (const { person, role, joinedOn } of extras.team)
        members.line(
          `${ids.member(members.rows)},${deal.id},${person.id},${role},${instant(joinedOn, 40_000)}`,
        );
    },
  };

  function lineItem(deal: Deal, line: Line): string {
    const { product } = line;
    const currency = deal.account.region.currency;
    const listToday = priced(line) ? cents(product.list[currency]![1]) : '0.00';
    // Some deals carry the discount as a percentage of a subtotal at list; in the rest it is in the price.
    const asPercent = line.permille > 0 && line.ramp === '' && line.number % 3 === 0;
    const subtotal = asPercent ? cents(Math.floor((line.list + 50) / 100)) : cents(line.net);
    const percent = asPercent ? (line.permille / 10).toFixed(1) : '';
    const subscription = line.subscription >= 0 ? ids.subscription(line.subscription) : '';
    return (
      `${ids.line(line.number)},${deal.id},${product.id},${entryId(product.index, currency)},${quantity(line.quantity)},` +
      `${listToday},${cents(line.unitNet)},${percent},${subtotal},${cents(line.net)},${iso(deal.closesOn + 14)},` +
      `${line.termMonths || ''},${product.pricePeriod},${line.kind},${line.reason},${subscription}`
    );
  }
}

const LABELS = { new: 'New', cross_sell: 'Cross-sell', upsell: 'Upgrade', renewal: 'Renewal' };
