import { expect, it } from 'vitest';
import { fileFormats, fileName, mediaTypes } from './file.ts';

it.each([
  ['Discount by region, 2026', 'discount-by-region-2026.csv'],
  ['Rabatt für Müller & Söhne', 'rabatt-fur-muller-sohne.csv'],
  ['../../etc/passwd', 'etc-passwd.csv'],
  ['a"\r\nSet-Cookie: x', 'a-set-cookie-x.csv'],
  ['割引', 'holdfast.csv'],
  ['x'.repeat(300), `${'x'.repeat(80)}.csv`],
])('names %j', (title, name) => {
  expect(fileName(title, 'csv')).toBe(name);
});

it('knows the media type of every format', () => {
  for (const format of fileFormats) expect(mediaTypes[format]).toMatch(/^[a-z]+\/[a-z.-]+/);
});
