import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import { defineConfig, globalIgnores } from 'eslint/config';
import globals from 'globals';
import ts from 'typescript-eslint';

/** Forbids imports that would break the one-way flow of ARCHITECTURE.md. */
function imports(...patterns) {
  return { 'no-restricted-imports': ['error', { patterns }] };
}

const fromSrc = {
  group: ['**/src/**', '$lib', '$lib/**', '$app/**'],
  message: 'pipeline/ knows nothing of src/.',
};
const fromPipeline = {
  group: ['**/pipeline/**'],
  message: 'src/lib reads the published file, never pipeline/.',
};
const aliases = {
  group: ['$lib', '$lib/**', '$app/**'],
  message: 'The command line runs this file too, where aliases do not exist: import it by relative path.',
};
const database = {
  group: ['@duckdb/*'],
  message: 'Pages hold no SQL: ask src/lib/metrics or src/lib/warehouse.',
};
const serverOnly = {
  group: ['**/lib/warehouse/**', 'node:*'],
  message: 'This file reaches the browser: move it to a +page.server.ts.',
};
const outsideWorld = {
  group: ['node:*', '@duckdb/*', '**/warehouse/**'],
  message: 'Methods are pure functions.',
};

export default defineConfig(
  globalIgnores(['build/', '.svelte-kit/', 'coverage/', 'data/warehouse/', 'data/demo/exports/']),
  js.configs.recommended,
  ts.configs.recommended,
  svelte.configs.recommended,
  {
    languageOptions: { globals: globals.node },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  { files: ['static/**/*.js'], languageOptions: { globals: globals.browser } },
  {
    // The few rules that need types and find real faults; the full typed set takes a minute more.
    files: ['**/*.ts'],
    ignores: ['**/*.svelte.ts'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: {
      // Links carry the reader's whole view in their query; there is no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  { files: ['pipeline/**/*.ts'], rules: imports(fromSrc) },
  { files: ['src/lib/**/*.ts'], ignores: ['**/*.svelte.ts'], rules: imports(fromPipeline, aliases) },
  {
    files: ['src/lib/statistics/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: imports(fromPipeline, aliases, outsideWorld),
  },
  {
    files: ['src/lib/**/*.svelte', 'src/lib/**/*.svelte.ts'],
    rules: imports(fromPipeline, serverOnly, database),
  },
  { files: ['src/cli/**/*.ts'], rules: imports(aliases) },
  { files: ['src/routes/**/*.ts'], rules: imports(database) },
  {
    files: ['src/routes/**/*.svelte', 'src/routes/**/+{page,layout}.ts'],
    rules: imports(database, serverOnly),
  },
);
