import { alsoByName } from '../byName.ts';
import type { Source } from '../source.ts';
import { alive, id, isCurrent, label, reference } from './headers.ts';

const where = { sql: isCurrent, reason: 'replaced in Salesforce' };
const userId = [...id, 'User ID'];

export const user: Source = {
  name: 'Salesforce User',
  needs: [
    ['Id', 'External_Id__c', 'User ID'],
    ['Name', 'Full Name', 'LastName', 'Last Name'],
    ['Email'],
    ['ManagerId', 'UserRoleId', 'UserRole.Name', 'Alias', 'ProfileId', 'Profile.Name', 'Profile', 'Username'],
  ],
  expects: ['ManagerId', 'UserRole.Name', 'Department', 'IsActive', 'Title'],
  never: ['LeadSource', 'ConvertedAccountId', 'MailingCity', 'ReportsToId'],
  feeds: [
    {
      table: 'person',
      where,
      columns: alsoByName('person', {
        person_id: userId,
        name: {
          first: ['Name', 'Full Name'],
          else: {
            sql: "concat_ws(' ', {FirstName|First Name?}, {LastName|Last Name})",
            how: 'first and last name',
          },
        },
        email: ['Email'],
        department: ['Department'],
      }),
    },
    {
      table: 'person_assignment',
      where,
      columns: alsoByName('person_assignment', {
        person_id: userId,
        role: ['Title', 'UserRole.Name', 'Role', 'UserRoleId'],
        manager_id: [...reference('Manager'), 'Manager'],
      }),
    },
  ],
};

/** Two columns, as data loaders take them to set who reports to whom; the users themselves come by themselves. */
export const managers: Source = {
  name: 'Salesforce managers of users',
  needs: [id, ['ManagerId', 'Manager.External_Id__c', 'Manager.Id']],
  expects: [],
  only: true,
  feeds: [
    {
      table: 'named_id',
      columns: {
        id,
        name: ['ManagerId', 'Manager.External_Id__c', 'Manager.Id'],
        kind: { sql: "case when {Id|External_Id__c} is not null then 'manager' end" },
      },
    },
  ],
};

export const userRole: Source = {
  name: 'Salesforce UserRole',
  needs: ['Id', 'Name', ['ParentRoleId', 'OpportunityAccessForAccountOwner']],
  expects: ['DeveloperName', 'RollupDescription', 'PortalType'],
  feeds: [
    {
      table: 'named_id',
      where,
      columns: { id: ['Id'], name: ['Name'], kind: { sql: "case when {Id} is not null then 'role' end" } },
    },
  ],
};

export const opportunityTeam: Source = {
  name: 'Salesforce OpportunityTeamMember',
  needs: [
    [...reference('Opportunity'), ...label('Opportunity', 'Id')],
    [...reference('User'), 'Team Member Name', 'Team Member'],
    ['TeamMemberRole', 'Team Role', 'Member Role'],
  ],
  expects: ['Id'],
  feeds: [
    {
      table: 'deal_team',
      where: alive,
      columns: {
        deal_id: [...reference('Opportunity'), ...label('Opportunity', 'Id')],
        person_id: [...reference('User'), 'Team Member Name', 'Team Member'],
        role: ['TeamMemberRole', 'Team Role', 'Member Role'],
        joined_on: { utc: ['CreatedDate'] },
      },
    },
  ],
};

/** Shares of one kind total 100; a kind that may total anything is an overlay. */
const isRevenue = `case
  when lower({SplitType.IsTotalValidated|IsTotalValidated?}) in ('true', '1') then 'true'
  when lower({SplitType.IsTotalValidated|IsTotalValidated?}) in ('false', '0') then 'false'
  when lower({SplitType.DeveloperName|SplitType.MasterLabel|Split Type|SplitType?}) like '%overlay%' then 'false'
  when lower({SplitType.DeveloperName|SplitType.MasterLabel|Split Type|SplitType?}) like '%revenue%' then 'true' end`;

export const opportunitySplit: Source = {
  name: 'Salesforce OpportunitySplit',
  needs: [
    [...reference('Opportunity'), ...label('Opportunity', 'Id')],
    [...reference('SplitOwner'), 'Split Owner'],
    ['SplitPercentage', 'Split (%)', 'Split %', 'Split Percentage'],
  ],
  expects: ['SplitAmount', 'SplitTypeId', 'SplitType.DeveloperName'],
  feeds: [
    {
      table: 'deal_team',
      where: alive,
      columns: {
        deal_id: [...reference('Opportunity'), ...label('Opportunity', 'Id')],
        person_id: [...reference('SplitOwner'), 'Split Owner'],
        // Two splits of one person on one deal are of two types.
        role: [
          ...[
            'SplitType.DeveloperName',
            'SplitType.MasterLabel',
            'SplitType.Name',
            'Split Type',
            'SplitType',
          ],
          'SplitTypeId',
        ],
        split_share: ['SplitPercentage', 'Split (%)', 'Split %', 'Split Percentage'],
        is_revenue_split: { sql: isRevenue },
        joined_on: { utc: ['CreatedDate'] },
      },
    },
  ],
};

export const splitType: Source = {
  name: 'Salesforce OpportunitySplitType',
  needs: ['Id', 'MasterLabel', 'IsTotalValidated'],
  expects: ['DeveloperName', 'SplitField', 'IsActive'],
  feeds: [
    {
      table: 'named_id',
      columns: {
        id: ['Id'],
        name: ['MasterLabel'],
        kind: {
          sql: "case when lower({IsTotalValidated}) in ('true', '1') then 'revenue split' else 'overlay split' end",
        },
      },
    },
  ],
};

export const contactRole: Source = {
  name: 'Salesforce OpportunityContactRole',
  needs: [
    [...reference('Opportunity'), ...label('Opportunity', 'Id')],
    [...reference('Contact'), 'Contact Name'],
    ['Role', 'Contact Role'],
  ],
  expects: ['Id', 'IsPrimary'],
  feeds: [
    {
      table: 'contact_role',
      where: alive,
      columns: alsoByName('contact_role', {
        deal_id: [...reference('Opportunity'), ...label('Opportunity', 'Id')],
        contact_id: [...reference('Contact'), 'Contact Name'],
        persona: ['Role', 'Contact Role'],
        added_on: { utc: ['CreatedDate'] },
      }),
    },
  ],
};
