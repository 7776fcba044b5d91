const yes = `('t', 'true', 'yes', '1', '*')`;

/** Whether a cell of these headers says yes; no where there is none. */
export const says = (headers: string): string => `coalesce(lower({${headers}?}) in ${yes}, false)`;

export const number = (text: string): string => `try_cast(${text} as decimal(18, 4))`;

const kind = (headers: string) => `regexp_replace(lower({${headers}}), '[^a-z]', '', 'g')`;

/** Transactions that are bills, and those that are credit notes, in NetSuite's codes and words. */
export const isBill = (headers: string): string => `${kind(headers)} in ('custinvc', 'invoice', 'cashsale')`;
export const isCredit = (headers: string): string =>
  `${kind(headers)} in ('custcred', 'creditmemo', 'cashrfnd', 'cashrefund')`;

/** Its letter, its code behind a colon, or its words. */
export const status = (headers: string): string => `case
  when regexp_matches(lower({${headers}}), '(^|:\\s*)(void|v$)') then 'void'
  when regexp_matches(lower({${headers}}), '(^|:\\s*)(paid|b$|fully applied|deposited)') then 'paid'
  when regexp_matches(lower({${headers}}), '(^|:\\s*)(pending|rejected|d$|e$)') then 'draft'
  else 'open' end`;

const why = '{custbody_credit_reason|custbody_reason_code|custbody_reason|credit_reason|reason_code|reason?}';
const whyIs = (pattern: string, reason: string) =>
  `when regexp_matches(lower(${why}), '${pattern}') then '${reason}'`;

/** Only what can mean one thing; no field of NetSuite's own says why a credit was given. */
export const creditReason = {
  sql: `case
    ${whyIs('write.?off|bad.?debt', 'bad_debt')}
    ${whyIs('\\btax|\\bvat\\b', 'tax')}
    ${whyIs('error|duplicate|incorrect|correction|wrong', 'error')}
    ${whyIs('cancel|return|downgrade|terminat', 'cancellation')}
    ${whyIs('satisf|goodwill|courtesy|concession|discount', 'price_concession')}
    else 'unknown' end`,
};
