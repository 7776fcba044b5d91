import { Refused } from './refused.ts';

export interface Part {
  /** The form field. */
  field: string;
  /** The file's name; null for a field that is no file. */
  fileName: string | null;
  /** The part's bytes, to be read before the next part is asked for. */
  body: AsyncIterable<Uint8Array>;
}

/** Bytes that the head of a part may have. */
const LONGEST_HEAD = 16 * 1024;

const parameter = (line: string, name: string) =>
  new RegExp(`[;\\s]${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(line)?.[1];

/** Browsers write `"` and line ends in names as percent codes (WHATWG HTML, multipart/form-data encoding). */
const plain = (name: string) =>
  name
    .replaceAll('%22', '"')
    .replaceAll(/%0[DA]/gi, '')
    .replaceAll('\\"', '"');

/**
 * The parts of a multipart/form-data body (RFC 7578), one after the other as they arrive, of which no more is in
 * memory than a chunk. Throws Refused where the body is none.
 */
export async function* partsOf(
  contentType: string,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Part, void, undefined> {
  const boundary = /boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  if (!boundary) throw new Refused(415, 'The form was not sent as files are.');
  const mark = Buffer.from(`\r\n--${boundary[1] ?? boundary[2]}`);
  const source = chunks[Symbol.asyncIterator]();
  // The first boundary has no line end before it.
  let held: Buffer = Buffer.from('\r\n');

  const more = async () => {
    const { value, done } = await source.next();
    if (done) throw new Refused(400, 'The form did not arrive whole. Send it again.');
    held = held.length === 0 ? Buffer.from(value) : Buffer.concat([held, value]);
  };
  const upTo = async (what: Buffer | string, most: number) => {
    for (;;) {
      const at = held.indexOf(what);
      if (at >= 0) return at;
      if (held.length > most) throw new Refused(400, 'The form can’t be read. Send it again.');
      await more();
    }
  };
  async function* content(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const at = held.indexOf(mark);
      if (at >= 0) {
        if (at > 0) yield held.subarray(0, at);
        held = held.subarray(at);
        return;
      }
      // The boundary may begin in this chunk and end in the next.
      const sure = held.length - mark.length;
      if (sure > 0) {
        yield held.subarray(0, sure);
        held = held.subarray(sure);
      }
      await more();
    }
  }

  for (;;) {
    const start = await upTo(mark, LONGEST_HEAD);
    held = held.subarray(start + mark.length);
    while (held.length < 2) await more();
    if (held.subarray(0, 2).toString() === '--') return;
    const end = await upTo('\r\n\r\n', LONGEST_HEAD);
    const head = held.subarray(0, end).toString('utf8').trimStart();
    held = held.subarray(end + 4);
    const line = head.split('\r\n').find((one) => /^content-disposition:/i.test(one)) ?? '';
    const fileName = parameter(line, 'filename');
    const body = content();
    yield {
      field: parameter(line, 'name') ?? '',
      fileName: fileName === undefined ? null : plain(fileName),
      body,
    };
    // What was not read is passed over.
    for await (const _ of body);
  }
}
