/**
 * An Arrow table as its IPC bytes, so that `load` can hand it to the browser without the browser needing Arrow
 * before it draws. `src/hooks.ts` carries it.
 */
export class ChartTable {
  readonly ipc: Uint8Array;

  constructor(ipc: Uint8Array) {
    this.ipc = ipc;
  }

  static fromBase64(text: string): ChartTable {
    return new ChartTable(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
  }

  toBase64(): string {
    let text = '';
    for (const byte of this.ipc) text += String.fromCharCode(byte);
    return btoa(text);
  }
}
