/**
 * How many more deals a price cut must win to leave the same margin: Δp ÷ (margin − Δp), both as shares of the price
 * (Nagle & Müller 2018, "The Strategy and Tactics of Pricing", 6th ed.). Null where the cut takes all of the margin:
 * no number of deals makes up for it.
 */
export const breakEvenLift = (cut: number, margin: number): number | null =>
  margin - cut > 0 ? cut / (margin - cut) : null;
