import type { Scope } from '$lib/access/scope.ts';
import type { Asking } from '$lib/asking/asking.ts';
import type { Warehouse } from '$lib/warehouse/warehouse.ts';

/** What every section of the page is given. */
export interface Asked {
  warehouse: Warehouse;
  asking: Asking;
  scope: Scope;
  /** The page's address, for links that change one thing of it. */
  url: URL;
  /** A list price is known of some of the deals: without one nothing can be told over a limit. */
  priced: boolean;
}
