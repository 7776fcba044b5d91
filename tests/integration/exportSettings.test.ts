import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { parseConfiguration } from '../../pipeline/configuration/readConfiguration.ts';
import { root } from '../../src/cli/prepare.js';
import { settingsOfBuild } from '../../src/lib/exports/ofBuild.ts';
import {
  answerIn,
  entriesFor,
  readSettings,
  setCompany,
  setEntries,
  settingsText,
} from '../../src/lib/exports/settings.ts';
import { ruleOfYaml, ruleToYaml } from '../../src/lib/exports/cellRule.ts';

const readYaml = (text: string) => parseDocument(text);
const begun = () => readSettings('/nowhere/holdfast.yaml');
const mapping = (name: string) => readFileSync(join(root, 'tests', 'mappings', name), 'utf8');

/** The configuration without the lines it stands on. */
const said = (text: string) => {
  const configuration = parseConfiguration(text, 'holdfast.yaml');
  return { ...configuration, files: configuration.files.map((file) => ({ ...file, line: 0 })) };
};

describe('settings made in the browser', () => {
  it.each(['maven_crm.yaml', 'northwind.yaml', 'salesforce_wave_demo.yaml', 'ravenstack_saas.yaml'])(
    'say what %s says when its entries pass through the form',
    (name) => {
      const given = said(mapping(name));
      const source = begun();
      source.contents = readYaml(mapping(name)).contents;
      const made = begun();
      setCompany(made, { currency: given.currency, fiscal_year_start: given.fiscalYearStart });
      for (const path of new Set(given.files.map((file) => file.path))) {
        const entries = entriesFor(source, path).map((entry) => ({
          ...entry,
          columns: Object.fromEntries(
            Object.entries(entry.columns).map(([column, rule]) => [column, ruleToYaml(ruleOfYaml(rule))]),
          ),
        }));
        setEntries(made, path, entries);
      }
      const plain = (text: string) =>
        text.replaceAll('"deal_stage"', 'deal_stage').replaceAll('"product"', 'product');
      const equal = (configuration: ReturnType<typeof said>) =>
        plain(JSON.stringify(configuration.files).replaceAll('\\"', '"')).replaceAll(
          "deal_stage in ('Won')",
          "deal_stage = 'Won'",
        );
      expect(equal(said(settingsText(made)))).toBe(equal(given));
    },
  );

  it('go on with what a build was made with', () => {
    for (const name of ['northwind.yaml', 'maven_crm_ddmmyyyy.yaml']) {
      const text = `${mapping(name)}\ntime_zone: Europe/Berlin\napproval_limits: [{ rate: 20, binds: line }]\nroles: { SC: csm }\n`;
      const made = begun();
      settingsOfBuild(made, JSON.stringify(said(text)));
      expect(said(settingsText(made))).toEqual(said(text));
    }
  });

  it('keep what a person wrote, and its comments', () => {
    const settings = readYaml(
      '# ours\nweek_start: sunday\nfiles:\n  - path: "a*.csv"\n    table: person\n    columns: { person_id: id }\n  - path: b.csv\n    table: person\n    columns: { person_id: id }\n',
    );
    setEntries(settings, 'abc.csv', [{ path: 'abc.csv', table: 'person', columns: { person_id: 'Nr' } }]);
    answerIn(settings, 'date_order', 'dmy');
    const text = settingsText(settings);
    expect(text).toMatch(/^# ours$/m);
    expect(said(text)).toMatchObject({
      weekStart: 'sunday',
      dateOrder: 'dmy',
      files: [{ path: 'b.csv' }, { path: 'abc.csv', columns: { person_id: { column: 'Nr' } } }],
    });
  });
});
