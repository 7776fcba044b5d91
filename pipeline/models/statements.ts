import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('./', import.meta.url);

/** The files of a layer in the order of their names, as written. */
export function statements(layer: 'raw' | 'core' | 'marts' | 'meta' | 'maturity') {
  return readdirSync(new URL(`${layer}/`, folder))
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => file.slice(0, -4))
    .map((name) => ({ name, text: model(layer, name) }));
}

/** One model's text. */
export function model(layer: string, name: string): string {
  return readFileSync(new URL(`${layer}/${name}.sql`, folder), 'utf8');
}

/** Arithmetic that the models share; a connection needs it before the first of them. */
export const arithmetic = readFileSync(new URL('times.sql', folder), 'utf8');
