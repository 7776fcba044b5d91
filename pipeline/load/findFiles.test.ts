import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findFiles } from './findFiles.ts';

it('takes the JSON files of a folder that hold rows, and leaves settings where they are', () => {
  const folder = mkdtempSync(join(tmpdir(), 'find-files-'));
  const files = {
    'lines.json': '{"id": 1, "name": "a"}\r\n{"id": 2, "name": "b"}\r\n',
    'array.json': '[{"id": 1}]',
    'wrapped.json': '{"object": "list", "data": [{"id": 1}]}',
    'settings.json': '{\n  "compilerOptions": {\n    "strict": true\n  }\n}\n',
    'one.json': '{"name": "a", "version": 1}\n',
    'deal.csv': 'deal_id\n1\n',
    'notes.md': '# Notes',
  };
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const found = findFiles([folder]).map(({ name }) => name);
    expect(found).toEqual(['array.json', 'deal.csv', 'lines.json', 'wrapped.json']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
