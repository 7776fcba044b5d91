import { fileFormats, mediaTypes } from '$lib/download/file.ts';
import type { Dimension } from '$lib/metrics/definition.ts';
import { dimensionById, measureById } from '$lib/metrics/request.ts';

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

const text: Json = { type: 'string' };
const wholeNumber: Json = { type: 'integer', minimum: 0 };
const choice = (...choices: string[]): Json => ({ type: 'string', enum: choices, default: choices[0]! });
const listOf = (ids: string[]): Json => ({ type: 'array', items: { type: 'string', enum: ids } });

function parameter(name: string, description: string, schema: Json, more: Record<string, Json> = {}): Json {
  return { name, in: 'query', description, schema, ...more };
}

const joined = { style: 'form', explode: false };

const filter = ({ id, label, definition, type }: Dimension): Json =>
  parameter(id, `${label}: ${definition}${type === 'text' ? '' : ` A ${type}.`}`, text);

const groupable = [...dimensionById.values()].filter(({ filterOnly }) => !filterOnly).map(({ id }) => id);

const queryParameters: Json[] = [
  parameter('measures', 'What to measure.', listOf([...measureById.keys()]), { required: true, ...joined }),
  parameter('by', 'What to split it by.', listOf(groupable), joined),
  parameter('period', 'A fiscal year, quarter or month (2026, 2026-Q3, 2026-M08), or FROM..TO.', text),
  parameter('compare', 'none, previous, year_ago, or a period of its own.', text),
  parameter('rates', 'The rate set that amounts are converted by.', choice('plan', 'actual')),
  parameter('hierarchy', 'Owners and regions as of the close, or as today.', choice('as_closed', 'today')),
  parameter('credit', 'Deals by their owner, or by revenue splits.', choice('owner', 'splits')),
  parameter('sort', 'An id asked for; a minus before it turns the order round.', text),
  parameter('limit', 'The most rows.', wholeNumber),
  parameter('offset', 'Rows to leave out first.', wholeNumber),
  parameter(
    'format',
    'What the answer comes as.',
    choice('json', ...fileFormats.filter((f) => f !== 'json')),
  ),
];

const value: Json = { type: ['string', 'number', 'boolean', 'null'] };
const rowOfValues: Json = { type: 'object', additionalProperties: value };
const span: Json = {
  type: ['object', 'null'],
  properties: { from: { type: ['string', 'null'] }, to: { type: ['string', 'null'] }, period: value },
};

const answer: Json = {
  type: 'object',
  required: ['columns', 'rows', 'totals', 'build_id', 'n', 'coverage', 'period', 'compared_with'],
  properties: {
    columns: {
      type: 'array',
      items: {
        type: 'object',
        properties: { id: text, label: text, kind: text, format: text, unit: text },
      },
    },
    rows: { type: 'array', items: rowOfValues },
    totals: rowOfValues,
    build_id: text,
    n: { type: 'integer', description: 'Deals behind the answer.' },
    coverage: { type: ['number', 'null'], description: 'Share of their net whose list price is known.' },
    period: span,
    compared_with: span,
  },
};

const refusal: Json = {
  description: 'Asked for something that is not there: which parameter, and what it may be.',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['error', 'parameter', 'allowed'],
        properties: {
          error: text,
          parameter: { type: ['string', 'null'] },
          allowed: { type: 'array', items: text },
        },
      },
    },
  },
};

const noData: Json = { description: 'No build is published.' };
const asJson = (schema: Json): Json => ({ 'application/json': { schema } });
const listedAs = (name: string, properties: Record<string, Json>): Json => ({
  type: 'object',
  properties: { [name]: { type: 'array', items: { type: 'object', properties } } },
});

const files = Object.fromEntries(
  fileFormats.filter((format) => format !== 'json').map((format) => [mediaTypes[format], {}]),
);

/** The HTTP interface as OpenAPI 3.1, made from the same catalogue that answers it. */
export function openApi(version: string): Json {
  const filters = [...dimensionById.values()].map(filter);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Holdfast',
      version,
      description:
        'Every figure of the dashboard, by the same definitions. A filter is name=value; name=a,b is one of ' +
        'them, name!=a neither, name=FROM..TO a span of numbers or dates, name= what is not known. A comma ' +
        'in a value is written \\,.',
    },
    paths: {
      '/api/query': {
        get: {
          operationId: 'query',
          summary: 'One request to the semantic layer',
          parameters: [...queryParameters, ...filters],
          responses: {
            200: { description: 'The answer.', content: { ...(asJson(answer) as object), ...files } },
            400: refusal,
            503: noData,
          },
        },
      },
      '/api/metrics': {
        get: {
          operationId: 'metrics',
          summary: 'The dictionary of measures and dimensions',
          responses: { 200: { description: 'All of them.', content: asJson(metrics) } },
        },
      },
      '/api/search': {
        get: {
          operationId: 'search',
          summary: 'Reps, customers, products, deals, metrics and pages by name',
          parameters: [parameter('q', 'What was typed.', text)],
          responses: {
            200: { description: 'Up to twelve.', content: asJson(hits) },
            400: refusal,
            503: noData,
          },
        },
      },
      '/healthz': {
        get: {
          operationId: 'health',
          summary: 'Whether queries can be answered',
          responses: {
            200: {
              description: 'They can.',
              content: asJson({ type: 'object', properties: { build_id: text } }),
            },
            503: noData,
          },
        },
      },
    },
  };
}

const hits = listedAs('hits', { kind: text, label: text, detail: text, href: text });
const metrics = listedAs('metrics', {
  id: text,
  kind: { type: 'string', enum: ['measure', 'dimension'] },
  label: text,
  definition: text,
  formula: { type: ['string', 'null'] },
  format: { type: ['string', 'null'] },
  fact: { type: ['string', 'null'] },
});
