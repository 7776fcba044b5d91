import { expect, it } from 'vitest';
import { refusedBody } from './bodySize.ts';

const post = (headers: Record<string, string>, method = 'POST') =>
  new Request('http://127.0.0.1/', { method, headers });

it('lets forms be as large as forms are, and files as large as they come', () => {
  const large = { 'content-length': '600000' };
  expect(refusedBody(post({ 'content-length': '5000' }), '/maturity/questionnaire')).toBeNull();
  expect(refusedBody(post(large), '/maturity/questionnaire')?.status).toBe(413);
  expect(refusedBody(post({ 'transfer-encoding': 'chunked' }), '/exports/review')?.status).toBe(411);
  expect(refusedBody(post(large), '/exports/upload')).toBeNull();
  expect(refusedBody(post({}, 'GET'), '/')).toBeNull();
});
