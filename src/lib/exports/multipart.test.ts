import fc from 'fast-check';
import { expect, it } from 'vitest';
import { partsOf } from './multipart.ts';
import { Refused } from './refused.ts';

async function* inChunks(body: Buffer, size: number) {
  for (let at = 0; at < body.length; at += size) {
    await Promise.resolve();
    yield body.subarray(at, at + size);
  }
}

async function read(type: string, chunks: AsyncIterable<Uint8Array>) {
  const found: { field: string; fileName: string | null; body: Buffer }[] = [];
  for await (const { field, fileName, body } of partsOf(type, chunks)) {
    const bytes: Uint8Array[] = [];
    for await (const chunk of body) bytes.push(chunk);
    found.push({ field, fileName, body: Buffer.concat(bytes) });
  }
  return found;
}

it('gives the files of a form as they were sent, however the body is cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.constant(Buffer.from('\r\n--\r\n\r\n--')))),
      fc.integer({ min: 1, max: 90 }),
      async (contents, size) => {
        const form = new FormData();
        form.append('note', 'a field');
        contents.forEach((bytes, at) => form.append('file', new Blob([Buffer.from(bytes)]), `a "${at}".csv`));
        const sent = new Response(form);
        const body = Buffer.from(await sent.arrayBuffer());
        const found = await read(sent.headers.get('content-type')!, inChunks(body, size));
        expect(found[0]).toEqual({ field: 'note', fileName: null, body: Buffer.from('a field') });
        expect(found.slice(1)).toEqual(
          contents.map((bytes, at) => ({
            field: 'file',
            fileName: `a "${at}".csv`,
            body: Buffer.from(bytes),
          })),
        );
      },
    ),
    { numRuns: 25 },
  );
});

it('passes over what nobody reads', async () => {
  const form = new FormData();
  for (const name of ['a', 'b', 'c']) form.append('file', new Blob(['x'.repeat(5000)]), name);
  const sent = new Response(form);
  const names: (string | null)[] = [];
  const body = Buffer.from(await sent.arrayBuffer());
  for await (const { fileName } of partsOf(sent.headers.get('content-type')!, inChunks(body, 700)))
    names.push(fileName);
  expect(names).toEqual(['a', 'b', 'c']);
});

it('refuses a body that ends too soon, and one that is no form', async () => {
  const form = new FormData();
  form.append('file', new Blob(['x'.repeat(5000)]), 'a.csv');
  const sent = new Response(form);
  const body = Buffer.from(await sent.arrayBuffer());
  const type = sent.headers.get('content-type')!;
  await expect(read(type, inChunks(body.subarray(0, -30), 100))).rejects.toThrow(Refused);
  await expect(read('multipart/form-data', inChunks(body, 100))).rejects.toThrow(Refused);
  await expect(read(type, inChunks(Buffer.alloc(100_000, 'y'), 1000))).rejects.toThrow(Refused);
});
