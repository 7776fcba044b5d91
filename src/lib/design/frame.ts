/** What the frame around every page is told by the server. */
export interface Frame {
  buildId: string | null;
  /** ISO 8601 with offset or Z. */
  builtAt: string | null;
  /** ISO 4217 code of the reporting currency. */
  currency: string;
  /** IANA name; the build's time is shown in it. UTC when left out. */
  timeZone?: string;
  checks: { passed: number; failed: number; warned: number; total: number };
  /** "list price known for 96% of net" */
  coverageText: string;
  /** "fiscal year from February" */
  calendarText: string;
  asked: AskedState;
  /** True before anything was loaded: the frame then shows no asking and no trust. */
  empty: boolean;
}

/** The asking as a sentence of words that open their choices. */
export interface AskedState {
  parts: AskedPart[];
  /** Where every part has its default; absent when it already has. */
  resetHref?: string;
}

export interface AskedPart {
  /** The URL parameter: `period`, `compare`, `region`, … */
  id: string;
  /** The word shown: "FY26 Q3", "all regions". */
  label: string;
  /** What it is that is chosen, for the panel's title and screen readers: "Region". */
  name?: string;
  /** Words before it in the sentence that open nothing: "against", "in". */
  before?: string;
  value: string;
  /** True when the reader chose something else than the default. */
  changed?: boolean;
  choices: AskedChoice[];
  /** Offers a field that narrows the choices down; by default from twelve choices on. */
  searchable?: boolean;
}

export interface AskedChoice {
  label: string;
  href: string;
  current: boolean;
  /** "131 deals" */
  detail?: string;
  /** Choices under one heading stand together. */
  group?: string;
}

/** One answer of `/api/search?q=`, which returns `{ hits: SearchHit[] }`. */
export interface SearchHit {
  /** "rep", "customer", "deal", "metric", "page" */
  kind: string;
  label: string;
  detail?: string;
  href: string;
}

/** The parameters that belong to the asking and go along from page to page. */
export const askedParameters = [
  'period',
  'compare',
  'region',
  'manager_id',
  'rep_id',
  'segment',
  'product_family',
  'deal_type',
  'rates',
  'hierarchy',
] as const;

/** `path` with the part of the query that is the asking, e.g. `/deals?region=West`. */
export function carryAsked(path: string, search: URLSearchParams): string {
  const carried = new URLSearchParams();
  for (const name of askedParameters) for (const value of search.getAll(name)) carried.append(name, value);
  const query = carried.toString();
  return query === '' ? path : `${path}?${query}`;
}
