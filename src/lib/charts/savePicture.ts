/** Presentation that the page's sheet gives and a picture on its own must carry. */
const inherited = ['fill', 'stroke', 'font-family', 'font-size', 'font-weight'] as const;

/** Pixels of ground around a picture that stands alone. */
const EDGE = 24;

/** The drawn SVG with colours and type written out, on the page's ground, as a file's text. */
export function standalone(svg: SVGSVGElement): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  originals.forEach((original, at) => {
    const computed = getComputedStyle(original);
    for (const name of inherited) copies[at]!.style.setProperty(name, computed.getPropertyValue(name));
  });
  const { width, height } = svg.viewBox.baseVal;
  copy.setAttribute('viewBox', [-EDGE, -EDGE, width + 2 * EDGE, height + 2 * EDGE].join(' '));
  copy.setAttribute('width', String(width + 2 * EDGE));
  copy.setAttribute('height', String(height + 2 * EDGE));
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.style.background = getComputedStyle(document.body).backgroundColor;
  return new XMLSerializer().serializeToString(copy);
}

/** Hands the picture to the reader as a file, PNG at twice its size. */
export async function savePicture(svg: SVGSVGElement, name: string, kind: 'svg' | 'png'): Promise<void> {
  const vector = new Blob([standalone(svg)], { type: 'image/svg+xml' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(kind === 'svg' ? vector : await raster(vector, svg));
  link.download = `${name}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

async function raster(vector: Blob, svg: SVGSVGElement): Promise<Blob> {
  const [width, height] = [svg.viewBox.baseVal.width, svg.viewBox.baseVal.height];
  const canvas = document.createElement('canvas');
  canvas.width = (width + 2 * EDGE) * 2;
  canvas.height = (height + 2 * EDGE) * 2;
  const image = new Image(canvas.width, canvas.height);
  image.src = URL.createObjectURL(vector);
  await image.decode();
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(image.src);
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the picture could not be made'))),
      'image/png',
    ),
  );
}
