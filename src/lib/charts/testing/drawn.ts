import { parseHTML } from 'linkedom';
import type { ChartName } from '../chart.ts';
import { drawing } from '../render.ts';

/** A chart as its tests see it: parsed back from the text that the page would carry. */
export function drawn<Name extends ChartName>(
  name: Name,
  rows: Parameters<typeof drawing<Name>>[1],
  width = 980,
  label = 'what it shows',
) {
  const text = drawing(name, rows, 'USD').picture(width, label)!;
  const { document } = parseHTML(`<!doctype html><html><body>${text}</body></html>`);
  const svg = document.querySelector('svg')!;
  const all = (selector: string) => [...svg.querySelectorAll(selector)];
  return {
    text,
    svg,
    all,
    texts: () => all('text').map((element) => element.textContent),
    titles: () => all('title').map((element) => element.textContent),
    /** An attribute of each element found, as numbers. */
    numbers: (selector: string, attribute: string) =>
      all(selector).map((element) => Number(element.getAttribute(attribute))),
  };
}
