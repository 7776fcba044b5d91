// Facts that share their dimensions.

export const sales = ['deal', 'deal_line'] as const;
export const billing = ['deal', 'deal_line', 'invoice_line'] as const;
/** Whole bills, deals with their offer, and sold lines with what bills them. */
export const billed = ['bill', 'quoted_deal', 'billing_match'] as const;
/** Lines of bills, and what was credited on bills or paid late. */
export const withCredits = [...billing, 'credit'] as const;
export const withConcessions = [...withCredits, 'concession'] as const;
export const lines = ['deal_line'] as const;
/** Facts of forecasts deal by deal, and with them those by person; places are those of then, or of the close. */
export const forecastDeals = ['forecast_deal', 'forecast_bridge', 'deal_week'] as const;
export const forecasts = [...forecastDeals, 'forecast_week'] as const;
/** Deals over a limit, and the requests for them. */
export const disciplined = ['over_limit', 'exception'] as const;
/** Facts of what deals are worth to the customer and how well they were sold. */
export const valued = ['deal_value', 'value_assessment', 'selling_quality'] as const;
/** Facts of who owns and handles, and of value: of deals, and of customers too. */
export const handledDeals = ['influence_span', 'handling', 'customer_deal', ...valued] as const;
/** Facts of single deals' steps, meetings and commitments. */
export const dealings = ['deal_touch', 'meeting', 'consumption_deal'] as const;
export const owned = [...handledDeals, 'account_owner_span', 'account_month', ...dealings] as const;
