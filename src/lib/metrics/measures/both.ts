/** The same SQL on deals and on their lines. */
export const both = (sql: string) => ({ deal: sql, deal_line: sql });
