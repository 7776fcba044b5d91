import { describe, expect, it } from 'vitest';
import { barShare, cellText, headUnit, readSort, sortHref, type Column, type Row } from './table.ts';

const name: Column = { id: 'region', label: 'Region' };
const spend: Column = { id: 'discount', label: 'Discount', unit: 'money', bar: true };
const row = (cells: Row['cells']): Row => ({ key: 'x', cells });

describe('cells', () => {
  it('leave the unit to the head', () => {
    expect(cellText(spend, row({ discount: '1812000.40' }))).toBe('1,812,000');
    expect(headUnit(spend, 'EUR')).toBe('EUR');
    const change: Column = { id: 'change', label: 'Change', unit: 'points', signed: true };
    expect(cellText(change, row({ change: 0.052 }))).toBe('+5.2');
    expect(headUnit(change, 'EUR')).toBe('pts');
  });

  it('say what is not known, and keep a zero a zero', () => {
    expect(cellText(spend, row({ discount: null }))).toBe('—');
    expect(cellText(spend, row({}))).toBe('—');
    expect(cellText(spend, row({ discount: 0 }))).toBe('0');
  });
});

describe('bars', () => {
  const rows = [row({ discount: 40 }), row({ discount: -80 }), row({ discount: null })];

  it('are measured against the largest magnitude', () => {
    expect(rows.map((one) => barShare(spend, one, rows))).toEqual([0.5, 1, 0]);
  });

  it('vanish where there is nothing to measure against', () => {
    expect(barShare(spend, row({ discount: 5 }), [])).toBe(0);
    expect(barShare(spend, row({ discount: 0 }), [row({ discount: 0 })])).toBe(0);
  });
});

describe('sorting', () => {
  const url = new URL('http://x/discounts?region=West&page=3');
  const standard = { column: 'discount', descending: true };

  it('reads only columns that there are', () => {
    expect(readSort('-discount', [name, spend])).toEqual(standard);
    expect(readSort('region', [name, spend])).toEqual({ column: 'region', descending: false });
    for (const text of ['password', '--discount', '', null]) expect(readSort(text, [name, spend])).toBeNull();
  });

  it('begins numbers with the largest and text with A, then turns round', () => {
    const by = { column: 'deals', descending: true };
    expect(sortHref(url, 'sort', spend, by, null)).toBe('/discounts?region=West&sort=-discount');
    expect(sortHref(url, 'sort', name, by, null)).toBe('/discounts?region=West&sort=region');
    expect(sortHref(url, 'sort', spend, standard, null)).toBe('/discounts?region=West&sort=discount');
  });

  it('leaves the default and the place in the list out of the address', () => {
    const up = { column: 'discount', descending: false };
    expect(sortHref(url, 'sort', spend, up, standard)).toBe('/discounts?region=West');
    expect(sortHref(new URL('http://x/deals?sort=region'), 'sort', spend, up, standard)).toBe('/deals');
  });
});
