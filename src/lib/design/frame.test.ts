import { expect, it } from 'vitest';
import { carryAsked } from './frame.ts';
import { isOnPage, pageGroups } from './pages.ts';

it('takes the asking along and leaves the page’s own settings behind', () => {
  const search = new URLSearchParams('period=2026-Q3&sort=-net&region=West&region=East%26&by=rep_id&page=2');
  expect(carryAsked('/deals', search)).toBe('/deals?period=2026-Q3&region=West&region=East%26');
  expect(carryAsked('/deals', new URLSearchParams('sort=net'))).toBe('/deals');
});

it('knows which page a path is on', () => {
  const on = (path: string) =>
    pageGroups
      .flatMap(({ pages }) => pages)
      .filter((page) => isOnPage(page, path))
      .map(({ href }) => href);
  expect(on('/')).toEqual(['/']);
  expect(on('/deals/D-42')).toEqual(['/deals']);
  expect(on('/discounts/discipline')).toEqual(['/discounts/discipline']);
  expect(on('/discounts')).toEqual(['/discounts']);
  expect(on('/database')).toEqual([]);
});
