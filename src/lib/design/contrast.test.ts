import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const pairs = [...css.matchAll(/--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)/g)];
const themes = {
  light: Object.fromEntries(pairs.map(([, name, light]) => [name, light!])),
  dark: Object.fromEntries(pairs.map(([, name, , dark]) => [name, dark!])),
};

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

it('measures black on white as 21 to 1', () => expect(contrast('#000000', '#ffffff')).toBeCloseTo(21));

describe.each(Object.entries(themes))('%s', (_, colour) => {
  const ratio = (one: string, other: string) => contrast(colour[one]!, colour[other]!);
  const grounds = ['paper', 'raised'];
  const texts = ['ink', 'ink-2', 'ink-3', 'accent', 'alarm'];

  it.each(grounds.flatMap((ground) => texts.map((text) => [text, ground])))(
    '%s reads on %s',
    (text, ground) => expect(ratio(text!, ground!)).toBeGreaterThanOrEqual(4.5),
  );

  it.each([['ink', 'accent-soft']])('%s reads on %s', (text, ground) =>
    expect(ratio(text, ground)).toBeGreaterThanOrEqual(4.5),
  );

  it.each(['accent', 'alarm', 'neutral'])('a mark in %s is seen', (mark) =>
    expect(ratio(mark, 'paper')).toBeGreaterThanOrEqual(3),
  );

  it('accent and alarm differ in lightness too', () =>
    expect(ratio('accent', 'alarm')).toBeGreaterThanOrEqual(1.5));
});
