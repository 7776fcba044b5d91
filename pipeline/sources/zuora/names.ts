/** Zuora's names stand alone (`ChargeAmount`, `charge_amount`) or behind their object (`InvoiceItem.ChargeAmount`). */
export const of =
  (object: string) =>
  (...names: string[]): string[] =>
    names.flatMap((name) => [name, `${object}.${name}`]);

/** The id of the object itself, and of another one it belongs to, which may stand behind the object as well. */
export const idOf = (object: string): string[] => ['Id', `${object}.Id`];
export const reference = (object: string, within?: string): string[] => [
  ...[`${object}Id`, `${object}.Id`, `${object} ID`],
  ...(within ? [`${within}.${object}Id`] : []),
];

export const number = (text: string): string => `try_cast(${text} as decimal(18, 4))`;

/** The day after: Zuora's service periods name their last day. */
export const dayAfter = (headers: string[]): { sql: string } => ({
  sql: `coalesce((try_cast({${headers.join('|')}}[1:10] as date) + 1)::varchar, {${headers.join('|')}})`,
});

const currencies =
  'TransactionCurrency|Currency|Invoice.Currency|InvoiceItem.TransactionCurrency|Account.Currency';
export const currency = { sql: `upper({${currencies}?})` };
/** The same where an export without it has to say nothing of it. */
export const currencySaid = { sql: `upper({${currencies}})` };

export const alive = {
  sql: "coalesce(lower({_fivetran_deleted|IsDeleted|Deleted?}) not in ('true', '1'), true)",
  reason: 'deleted in Zuora',
};
