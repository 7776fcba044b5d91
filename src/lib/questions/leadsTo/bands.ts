/** The band of a deal's discount: what a customer is told by from the first deal on. In order. */
export const bands: readonly string[] = ['up to 10%', '10 to 20%', '20 to 30%', '30% and more'];

/** SQL of the band that a deal's discount falls into; a bound itself belongs to the band above. */
export const BAND = `case
  when discount_base < 0.1 * list_base then 'up to 10%'
  when discount_base < 0.2 * list_base then '10 to 20%'
  when discount_base < 0.3 * list_base then '20 to 30%'
  else '30% and more' end`;
