import type { Answer } from '$lib/download/answer.ts';
import { toCsv } from '$lib/download/csv.ts';
import { mediaTypes } from '$lib/download/file.ts';
import { toXlsx } from '$lib/download/xlsx.ts';
import { BadRequest } from '$lib/metrics/badRequest.ts';
import { plain } from './answering.ts';

/**
 * Rows as the file that `format` in the address asks for, CSV or Excel; text of the exports is made harmless in either.
 * Throws BadRequest for another format, before anything is worked out.
 */
export async function fileOf(
  url: URL,
  { name, title }: { name: string; title: string },
  rows: () => Promise<Answer>,
): Promise<Response> {
  const format = url.searchParams.get('format') ?? 'csv';
  if (format !== 'csv' && format !== 'xlsx')
    throw new BadRequest('format', `"${format}" is no format of this file.`, ['csv', 'xlsx']);
  const found = await rows();
  const about = { title, request: url.href };
  const body = format === 'csv' ? toCsv(found) : new Uint8Array(await toXlsx(found, about));
  const headers = {
    ...plain,
    'content-type': mediaTypes[format],
    'content-disposition': `attachment; filename="${name}.${format}"`,
  };
  return new Response(body, { headers });
}
