/** Rows on one page of the rows that don't count. */
export const ROWS_A_PAGE = 50;
