export interface Page {
  href: string;
  label: string;
  /** The period that it shows when none is named, where a quarter is too short for its question. */
  period?: string;
}

export interface PageGroup {
  /** Empty for pages that stand before all groups. */
  title: string;
  pages: Page[];
}

/** Every page there is, in reading order. A new page adds its line here. */
export const pageGroups: PageGroup[] = [
  {
    title: '',
    pages: [
      { href: '/', label: 'Overview' },
      { href: '/findings', label: 'Findings', period: 'all' },
    ],
  },
  {
    title: 'Price',
    pages: [
      { href: '/discounts', label: 'Discounts' },
      { href: '/discounts/discipline', label: 'Discipline', period: 'all' },
      { href: '/leakage', label: 'Quote to cash', period: 'all' },
    ],
  },
  {
    title: 'Selling',
    pages: [
      { href: '/forecast', label: 'Forecast', period: 'all' },
      { href: '/ownership', label: 'Ownership', period: 'all' },
      { href: '/motions', label: 'Motions' },
      { href: '/value', label: 'Value', period: 'all' },
    ],
  },
  {
    title: 'Enablement',
    pages: [
      { href: '/teams', label: 'Teams', period: 'all' },
      { href: '/coaching', label: 'Coaching', period: 'all' },
      { href: '/maturity', label: 'Maturity' },
    ],
  },
  {
    title: 'Data',
    pages: [
      { href: '/deals', label: 'Deals' },
      { href: '/data', label: 'Sources' },
      { href: '/exports', label: 'Add exports' },
      { href: '/metrics', label: 'Metrics' },
    ],
  },
];

const isAtOrBelow = ({ href }: Page, path: string) =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);

/** Whether `path` is `page` or something below it that is no page of its own: `/deals/42` is in Deals. */
export function isOnPage(page: Page, path: string): boolean {
  if (!isAtOrBelow(page, path)) return false;
  const all = pageGroups.flatMap(({ pages }) => pages);
  return !all.some((other) => other.href.startsWith(`${page.href}/`) && isAtOrBelow(other, path));
}

/** The period that the page at `path` shows when none is named; undefined leaves it to the build. */
export const standardPeriodOf = (path: string): string | undefined =>
  pageGroups.flatMap(({ pages }) => pages).find((page) => isOnPage(page, path))?.period;
