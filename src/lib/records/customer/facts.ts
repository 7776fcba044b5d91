import { customerSeen, lineSeen, type Scope } from '../../access/scope.ts';
import type { Warehouse } from '../../warehouse/warehouse.ts';
import { joinFile, people, place, type Sourced } from '../sourced.ts';

/** A customer over a span; where nothing of it ever changed there is one, without ends. */
export interface CustomerSpan extends Sourced {
  account_id: string;
  name: string | null;
  parent_account_id: string | null;
  parent_name: string | null;
  segment: string | null;
  industry: string | null;
  country: string | null;
  region: string | null;
  headcount: number | null;
  valid_from: string | null;
  valid_to: string | null;
}

/** A parent that the reader does not see is not named, as if there were none. */
const spans = (seen: string, parentSeen: string) => `
  select row.account_id, row.name, case when ${parentSeen} then row.parent_account_id end as parent_account_id,
    case when ${parentSeen} then coalesce(parent.name, row.parent_account_id) end as parent_name,
    row.segment, row.industry, row.country, row.region, row.headcount, row.valid_from, row.valid_to, ${place}
  from core.account row ${joinFile}
  left join lateral (
    select any_value(name) as name from core.account other where other.account_id = row.parent_account_id
  ) parent on true
  where row.account_id = $id and ${seen}
  order by row.valid_from desc nulls last`;

/** A customer that the deals name and the customer list does not. */
const named = (seen: string) => `
  select account_id, any_value(account_name) as name, null as parent_account_id, null as parent_name,
    null as segment, null as industry, null as country, null as region, null as headcount, null as valid_from,
    null as valid_to, any_value(source_file) as source_file, min(source_line) as source_line
  from marts.fact_deal where account_id = $id and ${seen} group by account_id`;

/** What is known of the customer, the latest span first; empty where it is not known or the reader doesn't see it. */
export async function customerSpans(warehouse: Warehouse, id: string, scope: Scope): Promise<CustomerSpan[]> {
  const { test, parameters } = customerSeen(scope, 'row.account_id');
  const parent = customerSeen(scope, 'row.parent_account_id');
  const bound = { id, ...parameters };
  const known = await warehouse.rows<CustomerSpan>(spans(test, parent.test), bound);
  if (known.length > 0) return known;
  return warehouse.rows<CustomerSpan>(named(customerSeen(scope, 'account_id').test), bound);
}

export interface Role extends Sourced {
  person: string;
  role: string;
  valid_from: string | null;
  valid_to: string | null;
}

/**
 * Who held which role on the customer, the latest first; a role without dates is as the export had it. Who sees
 * the customer sees all of them: with some left out it would seem to have no owner.
 */
export function customerRoles(warehouse: Warehouse, id: string, scope: Scope): Promise<Role[]> {
  const seen = customerSeen(scope, 'account_id');
  return warehouse.rows<Role>(
    `select coalesce(person.name, row.person_id) as person, role, valid_from, valid_to, ${place}
     from core.account_role row ${joinFile}
     left join ${people} person on person.person_id = row.person_id
     where account_id = $id and ${seen.test}
     order by role <> 'owner', role, valid_from desc nulls last, row.source_line`,
    { id, ...seen.parameters },
  );
}

export interface Subscription extends Sourced {
  subscription_id: string;
  product: string | null;
  quantity: number | null;
  started_on: string | null;
  ended_on: string | null;
  renewal_due_on: string | null;
  status: string | null;
  currency: string | null;
  monthly_list: number | null;
  monthly_net: number | null;
}

/**
 * The customer's subscriptions, the latest first, under its own id or the billing system's. They are seen with
 * the deal that they were sold by.
 */
export function customerSubscriptions(
  warehouse: Warehouse,
  id: string,
  scope: Scope,
): Promise<Subscription[]> {
  const seen = lineSeen(scope, 'row.deal_line_id');
  return warehouse.rows<Subscription>(
    `select subscription_id, coalesce(product.name, row.product_id) as product, quantity, started_on, ended_on,
       renewal_due_on, status, currency, monthly_list, monthly_net, ${place}
     from core.subscription row ${joinFile}
     left join core.billed_customer customer on customer.billing_customer_id = row.account_id
     left join (select product_id, any_value(name) as name from core.product group by product_id) product
       on product.product_id = row.product_id
     where coalesce(customer.account_id, row.account_id) = $id and ${seen.test}
     order by started_on desc nulls last, row.source_line`,
    { id, ...seen.parameters },
  );
}
