import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

type Field = Record<string, string | string[]>;
type Labels = Record<string, Record<string, Field> & { _label?: string }>;

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`./labels/${name}.yaml`, import.meta.url), 'utf8'));

/**
 * The headers of one system's exports: `header('Opportunity', 'CloseDate')` is that field as the API names it, as
 * reports label it in any language, and as reports of several objects do ("Opportunity: Close Date").
 */
export function headersOf(system: string): (object: string, ...fields: string[]) => string[] {
  const labels = read(system) as Labels;
  return (object, ...fields) =>
    fields.flatMap((field) => {
      const told = labels[object]?.[field] ?? {};
      const before = labels[object]?._label;
      const english = before ? [told.en ?? field].flat() : [];
      return [field, ...Object.values(told).flat(), ...english.map((label) => `${before}: ${label}`)];
    });
}

const stages = read('closedStages') as { won: string[]; lost: string[] };

const plain = (text: string) => `regexp_replace(strip_accents(lower(trim(${text}))), '[^a-z]', '', 'g')`;

const isOneOf = (text: string, words: string[]) => {
  const letters = words.map(
    (word) =>
      `'${word
        .normalize('NFKD')
        .toLowerCase()
        .replace(/[^a-z]/g, '')}'`,
  );
  // A stage of HubSpot's export names its pipeline behind it.
  return `${plain(`regexp_replace(${text}, '\\s*[(].*[)]\\s*$', '')`)} in (${[...new Set(letters)].join(', ')})`;
};

/** Whether a stage, by its word alone, is one that exports come with for won: SQL over its text. */
export const isWonStage = (text: string) => isOneOf(text, stages.won);

/** The same for a stage that ends a deal, won or lost. */
export const isClosedStage = (text: string) => isOneOf(text, [...stages.won, ...stages.lost]);
