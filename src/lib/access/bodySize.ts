/** Bytes that a form may have. Files alone may be larger, and they are written to disk as they come. */
const LARGEST_FORM = 512 * 1024;

const takesFiles = (path: string) => path === '/exports/upload';

/** Why what is sent is not even read; null where it is fine. */
export function refusedBody(request: Request, path: string): { status: 411 | 413; said: string } | null {
  if (request.method === 'GET' || request.method === 'HEAD' || takesFiles(path)) return null;
  const length = request.headers.get('content-length');
  if (length === null && request.headers.has('transfer-encoding'))
    return { status: 411, said: 'Say how long it is.\n' };
  if (Number(length ?? 0) > LARGEST_FORM) return { status: 413, said: 'That is too much for a form.\n' };
  return null;
}
