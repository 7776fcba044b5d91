import type { ChartName } from './chart.ts';

/** Which chart, and of what. */
export interface Drawn {
  chart: ChartName;
  /** An Arrow table as its IPC bytes, so that a page needs Arrow only when it draws. */
  ipc: Uint8Array;
  /** ISO 4217 code. */
  currency?: string;
  /** True where its figure never gets the whole width of a page. */
  half?: boolean;
}

/** SVG text by the width it is drawn at, in CSS pixels. */
export type Pictures = Record<number, string>;

/** Where a drawing's pictures come from. */
export interface PictureSource {
  at(width: number): string | undefined;
  /** Those that go along with a page's data; none where they stand in the page itself. */
  sent?(): Pictures | undefined;
}

type Sent = Omit<Drawn, 'ipc'> & { base64: string; pictures?: Pictures };

const escapes: Record<string, string> = { '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' };

/** What a page's load gives to a Figure. `src/hooks.ts` carries it to the browser, `render.ts` draws it. */
export class Drawing {
  readonly of: Drawn;
  private readonly pictures: PictureSource;

  constructor(of: Drawn, pictures: PictureSource) {
    this.of = of;
    this.pictures = pictures;
  }

  /**
   * The chart as SVG text; labels stand in it as text, whatever they hold. None in a browser that was given the
   * picture in the page itself.
   */
  picture(width: number, label?: string): string | undefined {
    const picture = this.pictures.at(width);
    if (picture === undefined || label === undefined) return picture;
    const named = label.replace(/[&"<>]/g, (letter) => escapes[letter]!);
    return picture.replace('role="img"', () => `role="img" aria-label="${named}"`);
  }

  toData(): Sent {
    const { ipc, ...of } = this.of;
    let letters = '';
    for (const byte of ipc) letters += String.fromCharCode(byte);
    return { ...of, base64: btoa(letters), pictures: this.pictures.sent?.() };
  }

  static fromData({ base64, pictures, ...of }: Sent): Drawing {
    const ipc = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    return new Drawing({ ...of, ipc }, { at: (width) => pictures?.[width] });
  }
}
