import type { Readable } from 'node:stream';
import { SaxesParser } from 'saxes';

export interface XmlEvents {
  /** `name` without its namespace's prefix; `attribute` finds one by its name without prefix. */
  open: (name: string, attribute: (name: string) => string | undefined) => void;
  close?: (name: string) => void;
  text?: (text: string) => void;
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/** Parses XML as it arrives. Nothing outside of the document is read, and no entity of its own is expanded. */
class XmlReader {
  private readonly parser = new SaxesParser<{ position: false; xmlns: false }>({
    position: false,
    xmlns: false,
  });
  private decoder: TextDecoder | null = null;

  constructor(events: XmlEvents) {
    this.parser.on('opentag', ({ name, attributes }) =>
      events.open(local(name), (wanted) => {
        const direct = attributes[wanted];
        if (direct !== undefined) return direct;
        const prefixed = Object.keys(attributes).find((key) => key.endsWith(`:${wanted}`));
        return prefixed && attributes[prefixed];
      }),
    );
    if (events.close) this.parser.on('closetag', ({ name }) => events.close?.(local(name)));
    if (events.text) {
      this.parser.on('text', events.text);
      this.parser.on('cdata', events.text);
    }
  }

  write(block: Buffer): void {
    this.decoder ??= new TextDecoder(block[0] === 0xff && block[1] === 0xfe ? 'utf-16le' : 'utf-8');
    this.parser.write(this.decoder.decode(block, { stream: true }));
  }

  end(): void {
    this.parser.close();
  }
}

/** Parses a whole text. */
export function parseXml(text: string, events: XmlEvents): void {
  const reader = new XmlReader(events);
  reader.write(Buffer.from(text));
  reader.end();
}

/** Parses a stream; `taken` is asked after each block for what it gave, until the stream ends. */
export async function* parseStream<Item>(
  stream: Readable,
  events: XmlEvents,
  taken: () => Item[],
): AsyncGenerator<Item[]> {
  const reader = new XmlReader(events);
  for await (const block of stream) {
    reader.write(block as Buffer);
    yield taken();
  }
  reader.end();
  yield taken();
}
