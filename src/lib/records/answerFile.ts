import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toArrow } from '../download/arrow.ts';
import { toCsv } from '../download/csv.ts';
import { fileName, type FileFormat } from '../download/file.ts';
import { toXlsx, TooLargeError } from '../download/xlsx.ts';
import type { Answer } from '../metrics/answer.ts';
import { BadRequest } from '../metrics/badRequest.ts';
import type { Request, Scope } from '../metrics/request.ts';
import type { Warehouse } from '../warehouse/warehouse.ts';
import { answerSlice, sliceQuery } from './slice.ts';

export interface AnswerFile {
  name: string;
  bytes: Uint8Array | string;
}

/**
 * The answer to a request as a file to take away. `link` is where the same can be asked for again. Throws
 * BadRequest where the format cannot hold it.
 */
export async function answerFile(
  warehouse: Warehouse,
  request: Request,
  format: Exclude<FileFormat, 'json'>,
  link: string,
  scope: Scope,
): Promise<AnswerFile> {
  const name = fileName(titleOf(request), format);
  if (format === 'parquet') return { name, bytes: await parquet(warehouse, request, scope) };
  const found = await answerSlice(warehouse, request, scope);
  if (format === 'csv') return { name, bytes: toCsv(found) };
  if (format === 'arrow') return { name, bytes: toArrow(found) };
  return { name, bytes: await workbook(found, titleOf(request), link) };
}

/** `discount, deals by region 2026-Q3` */
function titleOf({ measures, by, period }: Request): string {
  const grouped = by.length > 0 ? ` by ${by.join(', ')}` : '';
  return `${measures.slice(0, 3).join(', ')}${grouped} ${period ?? ''}`.trim();
}

async function workbook(answer: Answer, title: string, request: string): Promise<Uint8Array> {
  try {
    return await toXlsx(answer, { title, request });
  } catch (error) {
    if (error instanceof TooLargeError) throw new BadRequest('format', error.message, ['csv', 'parquet']);
    throw error;
  }
}

/** Written by the database, so that decimals stay exact and many rows need no room here. */
async function parquet(warehouse: Warehouse, request: Request, scope: Scope): Promise<Uint8Array> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-'));
  try {
    const file = join(folder, 'answer.parquet');
    const { sql, parameters } = sliceQuery(warehouse, request, scope);
    await warehouse.writeParquet(sql, parameters, file);
    return await readFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
