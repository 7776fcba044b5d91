import { error } from '@sveltejs/kit';
import { rate } from '$lib/design/formats.ts';
import { billedAsSold } from '$lib/records/billedAsSold.ts';
import { billsOf } from '$lib/records/bills.ts';
import { customerDeals, customerYears } from '$lib/records/customer/deals.ts';
import { customerRoles, customerSpans, customerSubscriptions } from '$lib/records/customer/facts.ts';
import { findingOf, standfirstOf } from '$lib/records/customer/words.ts';
import { absent } from '$lib/records/loaded.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ params, locals: { scope } }) =>
  orRefuse(async () => {
    const { id } = params;
    const warehouse = await currentWarehouse();
    const { currency, data_on } = warehouse.build;
    // Asked all at once: whether there is such a customer takes as long to find as what it bought.
    const [spans, roles, deals, years, bills, subscriptions, match] = await Promise.all([
      customerSpans(warehouse, id, scope),
      customerRoles(warehouse, id, scope),
      customerDeals(warehouse, id, scope),
      customerYears(warehouse, id, scope),
      billsOf(warehouse, 'customer', id, scope),
      customerSubscriptions(warehouse, id, scope),
      billedAsSold(warehouse, 'customer', id, scope),
    ]);
    const [customer] = spans;
    if (!customer)
      error(404, {
        message: 'No customer has this id.',
        remedy: 'Search for the name, or look in the deals.',
      });
    const name = customer.name ?? customer.account_id;
    return {
      name,
      spans,
      roles,
      deals,
      years,
      bills,
      match,
      subscriptions,
      currency,
      finding: findingOf(name, deals, years, currency),
      standfirst: standfirstOf(deals, years, roles, data_on),
      basis: years.coverage === null ? undefined : `list known for ${rate(years.coverage, 0)} of net`,
      missing: {
        bills: await absent(warehouse, 'invoice_line', 'Bills'),
        subscriptions: await absent(warehouse, 'subscription', 'Subscriptions'),
        roles: await absent(warehouse, 'account_role', 'Owners of customers'),
      },
    };
  });
