import { json } from '@sveltejs/kit';
import { fileFormats, mediaTypes, type FileFormat } from '$lib/download/file.ts';
import { BadRequest } from '$lib/metrics/badRequest.ts';
import { parseRequest } from '$lib/metrics/request.ts';
import { answerFile } from '$lib/records/answerFile.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { answerSlice } from '$lib/records/slice.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import { answering, plain } from '../answering.ts';
import type { RequestHandler } from './$types';

/** One request to the semantic layer, as JSON or as a file. */
export const GET: RequestHandler = ({ url, locals }) =>
  answering(async () => {
    onceEach(url.searchParams);
    const format = formatOf(url.searchParams);
    const request = parseRequest(url.searchParams);
    const warehouse = await currentWarehouse();
    if (format === 'json')
      return json(await answerSlice(warehouse, request, locals.scope), { headers: plain });
    const { name, bytes } = await answerFile(warehouse, request, format, url.href, locals.scope);
    const headers = {
      ...plain,
      'content-type': mediaTypes[format],
      'content-disposition': `attachment; filename="${name}"`,
    };
    return new Response(bytes as BodyInit, { headers });
  });

function formatOf(search: URLSearchParams): FileFormat {
  const asked = search.get('format') ?? 'json';
  const format = fileFormats.find((known) => known === asked);
  if (!format) throw new BadRequest('format', `"${asked}" is not a format.`, fileFormats);
  return format;
}
