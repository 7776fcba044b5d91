import { alsoByName } from '../byName.ts';
import type { Source } from '../source.ts';
import { alive, header, id, label, reference } from './headers.ts';

/** A report names accounts; where it leaves out their ids, deals name them too. */
const accountName = label('Account', 'Name');
const accountId = [...id, ...label('Account', 'Id'), ...accountName];
const owner = [...reference('Owner'), ...label('Account', 'OwnerId'), ...header('Account', 'Owner.Name')];
const said = `{${owner.join('|')}}`;

export const account: Source = {
  name: 'Salesforce Account',
  needs: [
    accountId,
    header('Account', 'Name'),
    [...header('Account', 'BillingCountry', 'Industry'), 'BillingCountryCode'],
  ],
  expects: [
    header('Account', 'OwnerId', 'Owner.Name'),
    ...['NumberOfEmployees', 'Type', 'BillingCountry', 'Industry'].map((field) => header('Account', field)),
  ],
  // Leads, contacts and reports of deals have a name, an owner and an industry too.
  never: [
    ...['IsConverted', 'ConvertedAccountId', 'LastName', 'Last Name', 'Lead ID', 'Contact ID', 'TotalAmount'],
    // Reports of other things name their account and where it is.
    ...[
      'Case Number',
      'CaseNumber',
      'Case ID',
      'Contact Name',
      'Asset Name',
      'Contract Number',
      'Order Number',
    ],
    ...['Quote Number', 'Campaign Name', 'Subject', 'Task ID', 'Activity ID', 'Lead Source'],
    ...header('Opportunity', 'StageName', 'CloseDate'),
    ...label('Opportunity', 'Id'),
    ...label('Opportunity', 'Name'),
  ],
  feeds: [
    {
      table: 'account',
      where: alive,
      columns: alsoByName('account', {
        account_id: accountId,
        name: header('Account', 'Name'),
        parent_account_id: [...header('Account', 'ParentId'), 'Parent.Id', 'Parent.External_Id__c'],
        segment: ['Segment__c', 'Segment', 'Customer_Segment__c', 'Customer Segment'],
        industry: header('Account', 'Industry'),
        country: ['BillingCountryCode', ...header('Account', 'BillingCountry')],
        headcount: header('Account', 'NumberOfEmployees'),
      }),
    },
    {
      table: 'account_role',
      where: {
        sql: `${said} is not null and ${alive.sql}`,
        reason: 'account without owner, deleted or replaced',
      },
      columns: {
        account_id: accountId,
        person_id: owner,
        role: { sql: `case when ${said} is not null then 'owner' end` },
      },
    },
  ],
};

export const accountTeam: Source = {
  name: 'Salesforce AccountTeamMember',
  needs: [
    [...reference('Account'), ...label('Account', 'Id')],
    [...reference('User'), 'Team Member', 'Team Member Name'],
    ['TeamMemberRole', 'Team Role', 'Member Role'],
  ],
  expects: ['Id', 'AccountAccessLevel'],
  never: ['OpportunityId'],
  feeds: [
    {
      table: 'account_role',
      where: alive,
      columns: {
        account_id: [...reference('Account'), ...label('Account', 'Id')],
        person_id: [...reference('User'), 'Team Member', 'Team Member Name'],
        role: ['TeamMemberRole', 'Team Role', 'Member Role'],
      },
    },
  ],
};
