/** Letters and marks that change the direction of the text around them. */
const turning = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc]/;

/** A name from the data as it may stand in a sentence: what it does to the direction of text ends with it. */
export const isolated = (name: string): string => (turning.test(name) ? `\u2068${name}\u2069` : name);
