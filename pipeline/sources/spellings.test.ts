import { describe, expect, it } from 'vitest';
import { Headers, recognise } from './recognise.ts';

/** Headers as data loaders, query tools, connectors, reports and pages write them, and what they are of. */
const spellings: [name: string | undefined, headers: string][] = [
  ['Salesforce Opportunity', '_,Id,Name,StageName,CloseDate,Amount,OwnerId'],
  [
    'Salesforce Opportunity',
    'ID,ISDELETED,ACCOUNTID,RECORDTYPEID,NAME,DESCRIPTION,STAGENAME,AMOUNT,PROBABILITY,EXPECTEDREVENUE,TOTALOPPORTUNITYQUANTITY,CLOSEDATE,TYPE,NEXTSTEP,LEADSOURCE,ISCLOSED,ISWON,FORECASTCATEGORY,FORECASTCATEGORYNAME,CURRENCYISOCODE,OWNERID,CREATEDDATE',
  ],
  [
    'Salesforce Opportunity',
    '_airbyte_raw_id,_airbyte_extracted_at,_airbyte_meta,Id,Name,StageName,CloseDate,Amount,OwnerId,IsWon,IsClosed,AccountId',
  ],
  [
    'Salesforce Opportunity',
    'id,name,stagename,closedate,amount,ownerid,iswon,isclosed,accountid,_sdc_batched_at,_sdc_deleted_at',
  ],
  [
    'Salesforce Opportunity',
    'Opportunity: Opportunity Name,Opportunity: Opportunity ID,Opportunity: Stage,Opportunity: Close Date,Opportunity Owner: Full Name,Opportunity: Amount',
  ],
  [
    'Salesforce Opportunity',
    'Opportunity Name,Type,Lead Source,Amount Currency,Amount,Amount (converted) Currency,Amount (converted),Close Date,Next Step,Stage,Probability (%),Fiscal Period,Age,Created Date,Opportunity Owner,Owner Role,Account Name',
  ],
  [
    'Salesforce Opportunity',
    'Account Name,Industry,Billing Country,Opportunity Name,Opportunity ID,Stage,Close Date,Amount,Opportunity Owner',
  ],
  [
    'Salesforce OpportunityLineItem',
    'Id,OpportunityId,Opportunity.Name,PricebookEntryId,Product2.Name,Quantity,UnitPrice,ListPrice,TotalPrice,Discount',
  ],
  [
    'Salesforce OpportunityLineItem',
    'Opportunity ID,Opportunity Name,Product Code,Product Name,Quantity,Sales Price,List Price,Total Price',
  ],
  [
    'Salesforce report of opportunities with products',
    'Opportunity Name,Account Name,Stage,Close Date,Opportunity Owner,Product Name,Quantity,Sales Price,Total Price',
  ],
  [
    'Salesforce OpportunityHistory',
    'Opportunity ID,Opportunity Name,From Stage,To Stage,Amount,Probability (%),Last Modified,Last Modified By,Close Date,Opportunity Owner',
  ],
  [
    'Salesforce OpportunityFieldHistory',
    'Edited By,Field / Event,Old Value,New Value,Edit Date,Opportunity Name,Opportunity ID,Opportunity Owner,Stage,Close Date',
  ],
  [
    'Salesforce OpportunityFieldHistory',
    'id,is_deleted,opportunity_id,created_by_id,created_date,field,old_value,new_value,_fivetran_synced',
  ],
  [
    'Salesforce OpportunityFieldHistory',
    'Id,IsDeleted,OpportunityId,CreatedById,CreatedDate,Field,DataType,OldValue,NewValue',
  ],
  [
    'Salesforce OpportunitySplit',
    'id,opportunity_id,split_owner_id,split_percentage,split_amount,split_type_id,_fivetran_synced',
  ],
  [
    'Salesforce OpportunityTeamMember',
    'Opportunity ID,Opportunity Name,Stage,Close Date,Opportunity Owner,Team Member Name,Team Role',
  ],
  ['Salesforce OpportunityContactRole', 'id,opportunity_id,contact_id,role,is_primary,_fivetran_synced'],
  [
    'Salesforce ForecastingItem',
    'Id,OwnerId,Owner.Name,PeriodId,Period.StartDate,ForecastCategoryName,ForecastingItemCategory,ForecastAmount,AmountWithoutAdjustments,AmountWithoutManagerAdjustment,AmountWithoutOwnerAdjustment,OwnerOnlyAmount,ForecastQuantity,IsAmount,IsQuantity,ForecastingTypeId',
  ],
  [
    'Salesforce DatedConversionRate',
    'id,iso_code,start_date,next_start_date,conversion_rate,_fivetran_synced',
  ],
  ['Salesforce CurrencyType', 'Id,IsoCode,ConversionRate,DecimalPlaces,IsActive,IsCorporate,CreatedDate'],
  [
    'Salesforce PricebookEntry',
    'Id,Name,Pricebook2Id,Product2Id,CurrencyIsoCode,UnitPrice,IsActive,UseStandardPrice,ProductCode,IsDeleted',
  ],
  ['Salesforce PricebookEntry', 'Price Book Name,Product ID,Product Name,Product Code,List Price,Active'],
  [
    'Salesforce CPQ quote line',
    'id,is_deleted,name,sbqq_quote_c,sbqq_product_c,sbqq_quantity_c,sbqq_list_price_c,sbqq_net_price_c,sbqq_net_total_c,_fivetran_synced',
  ],
  ['Salesforce CPQ quote', 'id,name,sbqq_opportunity_2_c,sbqq_primary_c,sbqq_status_c,sbqq_net_amount_c'],
  [
    'Salesforce CPQ subscription',
    'Id,Name,SBQQ__Account__c,SBQQ__Contract__c,SBQQ__Product__c,SBQQ__Quantity__c,SBQQ__NetPrice__c,SBQQ__ListPrice__c,SBQQ__SubscriptionStartDate__c,SBQQ__SubscriptionEndDate__c',
  ],
  [
    'Salesforce User',
    'Id,Username,LastName,FirstName,Email,IsActive,UserRoleId,ProfileId,ManagerId,Department,Title',
  ],
  ['Salesforce User', 'Full Name,User ID,Email,Role,Profile,Active,Manager'],
  ['Salesforce Account', 'Account ID,Account Name,Account Owner,Billing Country,Industry,Type,Employees'],
  ['Salesforce Quote', 'Id,Name,OpportunityId,QuoteNumber,IsSyncing,Status,GrandTotal,ExpirationDate'],
  [
    'Salesforce QuoteLineItem',
    'Id,QuoteId,LineNumber,Product2Id,PricebookEntryId,Quantity,UnitPrice,ListPrice,Discount,Subtotal,TotalPrice,OpportunityLineItemId',
  ],
  ['HubSpot deal', 'Record ID,Deal Name,Deal Stage,Pipeline,Close Date,Deal owner,Amount'],
  [
    'HubSpot deal',
    'ID del registro,Nombre del negocio,Etapa del negocio,Pipeline,Fecha de cierre,Propietario del negocio,Valor',
  ],
  [
    'HubSpot deal',
    'ID do registro,Nome do negócio,Etapa do negócio,Pipeline,Data de fechamento,Proprietário do negócio,Valor',
  ],
  [
    'HubSpot deal',
    'id,createdAt,updatedAt,archived,properties_dealname,properties_dealstage,properties_amount',
  ],
  // What is in a column of JSON can't be told from its header.
  [undefined, 'id,properties,createdAt,updatedAt,archived'],
  [
    'HubSpot deal',
    'dealid,portalid,isdeleted,property_dealname__value,property_dealstage__value,property_amount__value,_sdc_batched_at',
  ],
  ['HubSpot line item', 'Record ID,Name,Unit price,Quantity,Net price,Unit discount,Associated Deal IDs'],
  [
    'HubSpot line item, deals apart',
    'id,product_id,property_name,property_price,property_quantity,property_amount,_fivetran_synced',
  ],
  [
    'HubSpot line item',
    'hs_object_id,name,price,quantity,discount,hs_discount_percentage,hs_pre_discount_amount,hs_total_discount,amount,hs_line_item_currency_code,hs_product_id,hs_recurring_billing_period,associatedDealIds',
  ],
  ['HubSpot line item', 'dealname,deal_id,hs_object_id,name,price,quantity,amount,hs_product_id'],
  [
    'HubSpot company',
    'Record ID,Company name,Company owner,Create Date,Phone Number,Last Activity Date,City,Country/Region,Industry',
  ],
  ['HubSpot company', 'id,name,domain,hs_object_id,industry,numberofemployees,hubspot_owner_id'],
  ['HubSpot owner', 'id,email,firstName,lastName,userId,createdAt,updatedAt,archived,teams'],
  ['HubSpot pipeline stage', 'pipelineId,id,label,displayOrder,probability,isClosed'],
  ['HubSpot history of deals', 'Deal ID,Property,Value,Source,Timestamp'],
  [undefined, 'Name,Stage,Amount,Owner'],
  [undefined, 'id,name,email'],
  [undefined, 'id,amount,quantity,price'],
  [undefined, 'order_id,customer_id,order_date,total'],
  [undefined, 'Record ID,First Name,Last Name,Company'],
];

describe('exports of a CRM', () => {
  it('are told in every spelling, and others are not taken for them', () => {
    for (const [name, headers] of spellings)
      expect(recognise(new Headers(headers.split(',')))[0]?.source.name, headers).toBe(name);
  });
});
