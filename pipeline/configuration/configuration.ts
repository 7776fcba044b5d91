import type { ColumnMapping } from './mapping.ts';

export interface ApprovalLimit {
  /** In percent of list. */
  rate?: number;
  /** In the reporting currency. */
  amount?: number;
  binds: 'line' | 'deal';
}

/** How the cells of a file are written, where they leave it open. */
export interface Writing {
  dateOrder?: DateOrder;
  decimalMark?: DecimalMark;
  /** Whether 12% is written 12 or 0.12. */
  percent?: PercentUnit;
  /** What CR behind an amount makes of it. */
  credits?: 'negative' | 'positive';
}

/** What is said of a file that is recognised by itself. */
export interface FileSettings extends Writing {
  path: string;
  exportedAt?: string;
}

export interface FileMapping extends Writing {
  /** Path pattern relative to the loaded folder; may hold `*`. */
  path: string;
  table: string;
  where?: string;
  distinct: boolean;
  exportedAt?: string;
  columns: Record<string, ColumnMapping>;
  /** Line of the configuration file where the entry begins, for messages. */
  line: number;
}

export type DateOrder = 'dmy' | 'mdy' | 'ymd';
export type DecimalMark = 'point' | 'comma';
export type PercentUnit = 'points' | 'fraction';
export type CalendarPattern = 'months' | '4-4-5' | '4-5-4' | '5-4-4';

/** Days on which a week may begin, as `Date.getUTCDay` numbers them. */
export const weekdays = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;

/** What `holdfast.yaml` may say; every part has a default. */
export interface Configuration extends Writing {
  currency: string;
  timeZone: string;
  /** Month 1–12 in which the fiscal year begins. */
  fiscalYearStart: number;
  calendar: CalendarPattern;
  weekStart: (typeof weekdays)[number];
  /**
   * A 52/53-week year ends on the week's last day nearest to the end of the month before `fiscalYearStart`, or on the
   * last such day in that month.
   */
  fiscalYearEnd: 'nearest' | 'last';
  /** Which of the year's twelve months has the 53rd week, in years that have one. */
  week53: number;
  fiscalYearNamedBy: 'start' | 'end';
  /** Which currency a sign means, where it may be several: $ is CAD. */
  currencySigns: Record<string, string>;
  /**
   * Where a source rounds amounts that it does not export and that we have to work out from prices: each line, or only
   * the deal's total, to the currency's smallest unit. `none` keeps four decimals.
   */
  priceRounding: 'none' | 'line' | 'total';
  organisationStage: { stage: number; from: string }[];
  /** Days off that are no business days, ISO dates; Saturdays and Sundays never are. */
  holidays: string[];
  approvalLimits: ApprovalLimit[];
  /** Whether a discount of exactly the limit may be granted without approval (≤) or not (<). */
  limitInclusive: boolean;
  minimumEffect: { discount_rate: number; win_rate: number; forecast_bias: number };
  tolerance: { percent: number; amount: number };
  /** What money that is paid late costs, in percent a year. */
  costOfCapital: number;
  undatedPriceBook: 'auto' | 'use' | 'ignore';
  dealTypes: Record<string, string>;
  roles: Record<string, string>;
  files: FileMapping[];
  fileSettings: FileSettings[];
  /** Where it was read from; null when there is no file and all defaults hold. */
  path: string | null;
}

export const defaults: Configuration = {
  currency: 'USD',
  timeZone: 'UTC',
  fiscalYearStart: 1,
  calendar: 'months',
  weekStart: 'monday',
  fiscalYearEnd: 'nearest',
  week53: 12,
  fiscalYearNamedBy: 'end',
  currencySigns: {},
  priceRounding: 'none',
  organisationStage: [],
  holidays: [],
  approvalLimits: [],
  limitInclusive: true,
  minimumEffect: { discount_rate: 1, win_rate: 3, forecast_bias: 5 },
  tolerance: { percent: 0.5, amount: 1 },
  costOfCapital: 8,
  undatedPriceBook: 'auto',
  dealTypes: {},
  roles: {},
  files: [],
  fileSettings: [],
  path: null,
};
