import { alsoByName } from '../byName.ts';
import type { Source } from '../source.ts';
import { alive, connected, prefixes, property } from './headers.ts';

const company = (...names: string[]) => property('company', ...names);
const companyId = ['company_id', 'companyId', ...company('hs_object_id'), 'Company ID', 'id', 'objectId'];
const owner = [...company('hubspot_owner_id'), 'owner_id'];

export const companies: Source = {
  name: 'HubSpot company',
  needs: [
    companyId,
    company('name'),
    [
      ...company('domain', 'hubspot_owner_id', 'hs_parent_company_id'),
      ...[...connected('hs_lastmodifieddate'), ...connected('annualrevenue'), ...connected('lifecyclestage')],
      ...connected('createdate'),
    ],
  ],
  expects: [company('industry'), company('country'), company('numberofemployees', 'annualrevenue')],
  never: [
    ...[
      'BillingCountry',
      'AccountSource',
      'property_firstname',
      'firstname',
      'First Name',
      'dealname',
      'Deal Name',
    ],
    ...[
      'property_dealname',
      'property_price',
      'price',
      'quantity',
      'line_item_id',
      'subscription',
      'currency',
    ],
  ],
  feeds: [
    {
      table: 'account',
      where: alive,
      columns: alsoByName(
        'account',
        {
          account_id: companyId,
          name: company('name'),
          parent_account_id: company('hs_parent_company_id'),
          industry: company('industry'),
          country: [...company('country'), 'Country'],
          headcount: company('numberofemployees'),
        },
        prefixes,
      ),
    },
    {
      table: 'account_role',
      where: {
        sql: `{${owner.join('|')}} is not null and ${alive.sql}`,
        reason: 'company without owner, or deleted',
      },
      columns: {
        account_id: companyId,
        person_id: owner,
        role: { sql: `case when {${owner.join('|')}} is not null then 'owner' end` },
      },
    },
  ],
};

const firstName = '{first_name|firstName|First Name?}';
const lastName = '{last_name|lastName|Last Name?}';

/** The people whom deals and companies name as their owners. */
export const owners: Source = {
  name: 'HubSpot owner',
  needs: [
    ['owner_id', 'ownerId', 'id'],
    'email',
    ['first_name', 'firstName'],
    ['last_name', 'lastName'],
    ['active_user_id', 'userId', 'user_id', 'portal_id', 'userIdIncludingInactive', 'owner_id', 'ownerId'],
  ],
  expects: ['created_at', 'updated_at', 'type', 'portal_id'],
  never: ['property_email', 'contact_id', 'primary_team_id', 'role_id', 'company', 'ManagerId', 'profile_id'],
  feeds: [
    {
      table: 'person',
      // Owners who left still own what they closed.
      columns: {
        person_id: ['owner_id', 'ownerId', 'id'],
        name: { sql: `nullif(trim(concat_ws(' ', ${firstName}, ${lastName})), '')` },
        email: ['email'],
      },
    },
  ],
};
