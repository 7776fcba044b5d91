/** What a row of a table is, in as few words as tell it from others: "a customer or prospect". */
export const rowIs = (oneRowIs: string): string => oneRowIs.replace(/,? over a span$/, '');
