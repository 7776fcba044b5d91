/** Rows on one page of the rows that don't count. */
export const ROWS_A_PAGE = 50;

/** Customers shown of those that differ between two builds. */
export const CUSTOMERS_SHOWN = 50;
