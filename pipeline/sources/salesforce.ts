import type { Source } from './source.ts';

/** External ids stand in for ids in data-loader files: `External_Id__c`, `Account.External_Id__c`. */
const id = ['Id', 'External_Id__c'];
const reference = (object: string) => [
  `${object}Id`,
  `${object} ID`,
  `${object}.Id`,
  `${object}.External_Id__c`,
];

/** Connectors that keep every version of a record mark the one that holds now. */
const isCurrent =
  "coalesce(lower({_fivetran_active?}) not in ('false', '0'), true) and coalesce(lower({_fivetran_deleted?}) not in ('true', '1'), true)";
const alive = {
  sql: `coalesce(lower({IsDeleted?}) not in ('true', '1'), true) and ${isCurrent}`,
  reason: 'deleted or replaced in Salesforce',
};

const wonByStage = { sql: "{StageName|Stage} = 'Closed Won'", how: "stage is 'Closed Won'" };
const closedByStage = {
  sql: "{StageName|Stage} in ('Closed Won', 'Closed Lost')",
  how: "stage is 'Closed Won' or 'Closed Lost'",
};

const opportunity: Source = {
  name: 'Salesforce Opportunity',
  needs: [
    ['Id', 'External_Id__c', 'Opportunity ID'],
    ['StageName', 'Stage'],
    ['CloseDate', 'Close Date'],
    ['OwnerId', 'Owner.External_Id__c', 'Owner ID', 'Opportunity Owner'],
  ],
  expects: [
    'AccountId',
    'Amount',
    'Name',
    'Type',
    'ForecastCategoryName',
    'IsWon',
    'IsClosed',
    'Probability',
  ],
  feeds: [
    {
      table: 'deal',
      where: alive,
      columns: {
        deal_id: [...id, 'Opportunity ID'],
        name: ['Name', 'Opportunity Name'],
        account_id: [...reference('Account'), 'Account Name'],
        owner_id: [...reference('Owner'), 'Opportunity Owner'],
        type: ['Type'],
        stage: ['StageName', 'Stage'],
        forecast_category: ['ForecastCategoryName', 'ForecastCategory', 'Forecast Category'],
        probability: ['Probability', 'Probability (%)'],
        is_closed: { first: ['IsClosed', 'Closed'], else: closedByStage },
        is_won: { first: ['IsWon', 'Won'], else: wonByStage },
        created_on: ['CreatedDate', 'Created Date', 'DateTimeCreated__c'],
        closed_on: ['CloseDate', 'Close Date'],
        currency: ['CurrencyIsoCode', 'Opportunity Currency', 'Amount Currency'],
        amount: ['Amount'],
        price_book: ['Pricebook2Id', 'Price Book'],
        lead_source: ['LeadSource', 'Lead Source'],
        lost_reason: ['Loss_Reason__c', 'Lost_Reason__c'],
      },
    },
  ],
};

const lineItem: Source = {
  name: 'Salesforce OpportunityLineItem',
  needs: [
    ['OpportunityId', 'Opportunity.External_Id__c', 'Opportunity ID'],
    ['Quantity'],
    ['TotalPrice', 'Total Price', 'UnitPrice', 'Sales Price'],
    [
      'PricebookEntryId',
      'PricebookEntry.External_Id__c',
      'Product2Id',
      'Product ID',
      'ListPrice',
      'List Price',
    ],
  ],
  expects: ['Id', 'UnitPrice', 'Discount', 'Subtotal', 'ServiceDate', 'Product2Id', 'ListPrice'],
  feeds: [
    {
      table: 'deal_line',
      where: alive,
      columns: {
        deal_line_id: [...id, 'Line Item ID', 'Opportunity Product ID'],
        deal_id: [...reference('Opportunity')],
        product_id: ['Product2Id', 'Product ID', 'Product2.Id', 'Product2.External_Id__c'],
        quantity: ['Quantity'],
        unit_list: ['ListPrice', 'List Price'],
        net_amount: {
          first: ['TotalPrice', 'Total Price'],
          else: {
            sql: 'try_cast({UnitPrice|Sales Price} as decimal(18, 8)) * try_cast({Quantity} as decimal(18, 4))',
            how: 'sales price × quantity',
          },
        },
        service_from: ['ServiceDate', 'Date'],
        currency: ['CurrencyIsoCode'],
      },
    },
  ],
};

const history: Source = {
  name: 'Salesforce OpportunityHistory',
  needs: [
    ['OpportunityId', 'Opportunity.External_Id__c', 'Opportunity ID'],
    ['StageName', 'StageName__c', 'To Stage'],
    ['CreatedDate', 'CreatedDate__c', 'Last Modified'],
    ['ForecastCategory', 'ForecastCategory__c', 'ExpectedRevenue', 'Probability'],
  ],
  expects: ['Amount', 'CloseDate', 'Probability', 'ExpectedRevenue'],
  feeds: [
    {
      table: 'deal_snapshot',
      columns: {
        deal_id: [...reference('Opportunity')],
        snapshot_id: [...id],
        happened_at: ['CreatedDate', 'CreatedDate__c', 'Last Modified'],
        stage: ['StageName', 'StageName__c', 'To Stage'],
        amount: ['Amount', 'Amount__c'],
        closed_on: ['CloseDate', 'CloseDate__c', 'Close Date'],
        forecast_category: ['ForecastCategory', 'ForecastCategory__c'],
        probability: ['Probability', 'Probability (%)'],
      },
    },
  ],
};

const priceBookEntry: Source = {
  name: 'Salesforce PricebookEntry',
  needs: [
    ['Product2Id', 'Product2.External_Id__c', 'Product ID'],
    ['UnitPrice', 'List Price'],
    ['Pricebook2Id', 'Pricebook2.Name', 'Price Book'],
  ],
  expects: ['Id', 'IsActive', 'CurrencyIsoCode'],
  feeds: [
    {
      table: 'list_price',
      where: {
        sql: `${alive.sql} and coalesce(lower({IsActive?}) not in ('false', '0'), true)`,
        reason: 'price book entry not active',
      },
      columns: {
        product_id: ['Product2Id', 'Product2.External_Id__c', 'Product ID'],
        price_book: ['Pricebook2Id', 'Pricebook2.Name', 'Price Book'],
        currency: ['CurrencyIsoCode'],
        unit_list: ['UnitPrice', 'List Price'],
      },
    },
  ],
};

const product: Source = {
  name: 'Salesforce Product2',
  needs: [
    ['Id', 'External_Id__c', 'Product ID'],
    ['Name', 'Product Name'],
    ['ProductCode', 'Product Code'],
    ['Family', 'Product Family'],
  ],
  expects: ['IsActive', 'Description'],
  feeds: [
    {
      table: 'product',
      where: alive,
      columns: {
        product_id: [...id, 'Product ID'],
        code: ['ProductCode', 'Product Code'],
        name: ['Name', 'Product Name'],
        family: ['Family', 'Product Family'],
      },
    },
  ],
};

const account: Source = {
  name: 'Salesforce Account',
  needs: [
    ['Id', 'External_Id__c', 'Account ID'],
    ['Name', 'Account Name'],
    ['BillingCountry', 'Industry', 'Billing Country'],
  ],
  expects: ['OwnerId', 'ParentId', 'NumberOfEmployees', 'Type', 'BillingCountry', 'Industry'],
  // Leads and contacts have a name, an owner and an industry too.
  never: ['IsConverted', 'ConvertedAccountId', 'LastName', 'Last Name', 'StageName', 'Lead ID', 'Contact ID'],
  feeds: [
    {
      table: 'account',
      where: alive,
      columns: {
        account_id: [...id, 'Account ID'],
        name: ['Name', 'Account Name'],
        parent_account_id: ['ParentId', 'Parent Account ID'],
        segment: ['Segment__c', 'Segment', 'Customer_Segment__c'],
        industry: ['Industry'],
        country: ['BillingCountryCode', 'BillingCountry', 'Billing Country'],
        headcount: ['NumberOfEmployees', 'Employees'],
      },
    },
    {
      table: 'account_role',
      where: {
        sql: `{OwnerId|Owner.External_Id__c|Account Owner ID} is not null and ${alive.sql}`,
        reason: 'account without owner, deleted or replaced',
      },
      columns: {
        account_id: [...id, 'Account ID'],
        person_id: ['OwnerId', 'Owner.External_Id__c', 'Account Owner ID'],
        role: {
          sql: "case when {OwnerId|Owner.External_Id__c|Account Owner ID} is not null then 'owner' end",
        },
      },
    },
  ],
};

const user: Source = {
  name: 'Salesforce User',
  needs: [
    ['Id', 'External_Id__c', 'User ID'],
    ['Name', 'Full Name'],
    ['Email'],
    ['ManagerId', 'UserRoleId', 'UserRole.Name', 'Alias', 'ProfileId', 'Profile.Name'],
  ],
  expects: ['ManagerId', 'UserRole.Name', 'Department', 'IsActive', 'Title'],
  feeds: [
    {
      table: 'person',
      where: { sql: isCurrent, reason: 'replaced in Salesforce' },
      columns: {
        person_id: [...id, 'User ID'],
        name: ['Name', 'Full Name'],
        email: ['Email'],
        department: ['Department'],
      },
    },
    {
      table: 'person_assignment',
      where: { sql: isCurrent, reason: 'replaced in Salesforce' },
      columns: {
        person_id: [...id, 'User ID'],
        role: ['Title', 'UserRole.Name', 'Role'],
        manager_id: ['ManagerId', 'Manager.External_Id__c', 'Manager ID'],
      },
    },
  ],
};

const team: Source = {
  name: 'Salesforce OpportunityTeamMember',
  needs: [
    ['OpportunityId', 'Opportunity.External_Id__c'],
    ['UserId', 'User.External_Id__c'],
    ['TeamMemberRole', 'Team Role'],
  ],
  expects: ['Id'],
  feeds: [
    {
      table: 'deal_team',
      where: alive,
      columns: {
        deal_id: [...reference('Opportunity')],
        person_id: [...reference('User')],
        role: ['TeamMemberRole', 'Team Role'],
        joined_on: ['CreatedDate'],
      },
    },
  ],
};

export const salesforce: Source[] = [
  opportunity,
  lineItem,
  history,
  priceBookEntry,
  product,
  account,
  user,
  team,
];
