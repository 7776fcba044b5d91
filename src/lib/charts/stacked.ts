/**
 * Plots one under the other as one picture, since a Plot has one y scale. Their own style elements go: the
 * outer one's rule for `height: auto` would stretch them.
 */
export function stacked(plots: SVGSVGElement[]): SVGSVGElement {
  const [first] = plots;
  if (!first) throw new RangeError('nothing to stack');
  const outer = first.cloneNode(false) as SVGSVGElement;
  const style = first.querySelector('style');
  if (style) outer.append(style.cloneNode(true));
  let top = 0;
  for (const plot of plots) {
    const height = Number(plot.getAttribute('height'));
    plot.querySelector('style')?.remove();
    for (const name of ['class', 'role', 'aria-label', 'style', 'font-family', 'font-size'])
      plot.removeAttribute(name);
    plot.setAttribute('overflow', 'visible');
    plot.setAttribute('y', String(top));
    outer.append(plot);
    top += height;
  }
  outer.setAttribute('height', String(top));
  outer.setAttribute('viewBox', `0 0 ${first.getAttribute('width')} ${top}`);
  return outer;
}
