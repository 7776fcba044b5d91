import { parseHTML } from 'linkedom';
import type { Component } from 'svelte';
import { render } from 'svelte/server';
import { describe, expect, it } from 'vitest';
import Asked from './Asked.svelte';
import DataTable from './DataTable.svelte';
import KeyFigure from './KeyFigure.svelte';
import Nav from './Nav.svelte';
import Section from './Section.svelte';
import Trust from './Trust.svelte';

const hostile = '<img src=x onerror=alert(1)>\u202e"\'';

/** What the server sends, before any script has run. */
function shown<Props extends Record<string, unknown>>(component: Component<Props>, props: Props) {
  const { body } = render(component as Component, { props });
  return parseHTML(`<!doctype html><html><body>${body}</body></html>`).document;
}

const texts = (document: Document, selector: string) =>
  [...document.querySelectorAll(selector)].map((element) => element.textContent!.replace(/\s+/g, ' ').trim());

describe('DataTable', () => {
  const columns = [
    { id: 'region', label: 'Region' },
    { id: 'discount', label: 'Discount', unit: 'money' as const, bar: true },
    { id: 'rate', label: 'Rate', unit: 'rate' as const, sortable: false },
  ];
  const rows = [
    {
      key: 'w',
      cells: { region: hostile, discount: 80, rate: 0.241 },
      href: '/deals?region=w',
      alarm: ['rate'],
    },
    { key: 'e', cells: { region: 'East', discount: 20, rate: null }, faint: true },
  ];
  const total = { key: 'all', cells: { region: 'All', discount: 100, rate: 0.2 } };
  const sort = { column: 'discount', descending: true };
  const props = { caption: 'By region', columns, rows, total, currency: 'EUR', sort, standardSort: sort };
  const document = shown(DataTable, { ...props, url: new URL('http://x/discounts') });

  it('names its columns and rows for those who hear it', () => {
    expect(document.querySelectorAll('thead th[scope=col]')).toHaveLength(3);
    expect(document.querySelectorAll('tbody th[scope=row], tfoot th[scope=row]')).toHaveLength(3);
    expect(document.querySelector('[aria-sort=descending]')!.textContent).toContain('Discount');
    expect(texts(document, 'td .hidden')).toEqual([', to act on']);
  });

  it('sorts by links, and only where a sort makes sense', () => {
    const hrefs = [...document.querySelectorAll('thead a')].map((link) => link.getAttribute('href'));
    expect(hrefs).toEqual(['/discounts?sort=region', '/discounts?sort=discount']);
    const still = shown(DataTable, props);
    expect(still.querySelectorAll('thead a, .sorting')).toHaveLength(0);
  });

  it('shows what cells hold as text, in bars of their proportion, under a total', () => {
    expect(document.querySelectorAll('img')).toHaveLength(0);
    expect(document.querySelector('tbody a')!.textContent).toBe(hostile);
    const widths = [...document.querySelectorAll('.bar')].map((bar) => bar.getAttribute('style'));
    expect(widths).toEqual(['width: 100%;', 'width: 25%;', 'width: 0%;']);
    expect(texts(document, 'tfoot td')).toEqual(['100', '20.0%']);
    expect(texts(document, 'tbody tr:nth-child(2) td')[1]).toBe('—');
    expect(document.querySelector('.unit')!.textContent).toBe('EUR');
  });
});

describe('Asked', () => {
  const choices = [
    { label: 'all regions', href: '/', current: false },
    { label: hostile, href: '/?region=x', current: true },
  ];
  const parts = [
    { id: 'period', label: 'FY26 Q3', value: '2026-Q3', choices: [] },
    { id: 'region', name: 'Region', label: hostile, value: 'x', changed: true, choices },
  ];

  it('opens every word without script, as links of which one is current', () => {
    const document = shown(Asked, { asked: { parts, resetHref: '/' } });
    expect(texts(document, 'summary')).toEqual([`Region: ${hostile}`]);
    expect([...document.querySelectorAll('details a')].map((link) => link.getAttribute('href'))).toEqual([
      '/',
      '/?region=x',
    ]);
    expect(texts(document, '[aria-current]')).toEqual([hostile]);
    expect(document.querySelectorAll('img, input')).toHaveLength(0);
    expect(texts(document, '.reset')).toEqual(['start over']);
  });
});

describe('Section', () => {
  it('leaves out the doors it does not have', () => {
    const document = shown(Section, { question: 'Where?', answer: 'There.' });
    expect(document.querySelectorAll('a, button, details')).toHaveLength(0);
  });

  it('has its doors as links and names itself by its question', () => {
    const document = shown(Section, {
      id: 'where',
      question: 'Where is it spent?',
      deals: '/deals?region=West',
      downloads: [{ label: 'CSV', href: '/api/query?format=csv' }],
      explain: { id: 'discount', title: 'Discount', definition: 'List less net.', sql: 'select 1 < 2' },
    });
    const heading = document.querySelector('section')!.getAttribute('aria-labelledby');
    expect(document.querySelector('h2')!.id).toBe(heading);
    expect(texts(document, '.doors > button, .doors > a, .doors summary')).toEqual([
      'explain Discount',
      'deals behind: Where is it spent?',
      'download',
      'link to Where is it spent?',
    ]);
    expect(document.querySelector('code')!.textContent).toBe('select 1 < 2');
    expect(document.querySelector('[popover]')!.id).toBe(
      document.querySelector('button')!.getAttribute('popovertarget'),
    );
  });
});

describe('KeyFigure', () => {
  it('says that it is not known, and why, instead of a zero', () => {
    const document = shown(KeyFigure, {
      label: 'Sold and not billed',
      figure: null,
      delta: 'x',
      reason: 'needs invoices',
    });
    expect(texts(document, 'dd')).toEqual(['not known', 'needs invoices']);
  });
});

describe('Nav', () => {
  it('carries the asking along and marks where one is', () => {
    const document = shown(Nav, { url: new URL('http://x/deals/42?region=West&sort=net') });
    expect(document.querySelector('[aria-current]')!.outerHTML).toMatch(
      /href="\/deals\?region=West"[^>]*aria-current="true"/,
    );
    expect(texts(document, 'h2')).toEqual(expect.arrayContaining(['Price', 'Data']));
  });
});

describe('Trust', () => {
  const frame = {
    buildId: 'b',
    builtAt: '2026-11-21T12:02:00Z',
    currency: 'USD',
    checks: { passed: 41, failed: 0, warned: 0, total: 41 },
    coverageText: 'list price known for 96% of net',
    calendarText: 'fiscal year from February',
    asked: { parts: [] },
    empty: false,
  };

  it('says in words what failed', () => {
    expect(texts(shown(Trust, { frame }), 'a')).toEqual(['Checks 41 of 41']);
    const failed = shown(Trust, {
      frame: { ...frame, checks: { passed: 39, failed: 2, warned: 0, total: 41 } },
    });
    expect(texts(failed, 'a.alarm')).toEqual(['2 of 41 checks failed']);
  });

  it('says calendar and currency where there is no sidebar', () => {
    expect(texts(shown(Trust, { frame, full: true }), 'span')).toEqual([
      'Built 21 Nov 2026, 12:02',
      'list price known for 96% of net',
      'fiscal year from February',
      'USD',
    ]);
  });
});
