import { svelte } from '@sveltejs/vite-plugin-svelte';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

// A zone with daylight saving, west of Greenwich: a date read as local midnight moves a day here.
const env = { TZ: 'America/New_York' };
process.env.TZ = env.TZ;

export default defineConfig({
  plugins: [svelte({ configFile: false })],
  resolve: { alias: { $lib: fileURLToPath(new URL('./src/lib', import.meta.url)) } },
  test: {
    env,
    environment: 'node',
    // Vitest leaves a core to itself, which on two cores is half of what there is.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{pipeline,src,data}/**/*.test.ts'],
          // Reading all modules anew for each of two hundred files takes as long as a third of the tests.
          isolate: false,
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          // A page waits for its server and for the network to be idle: beside one Chromium there is room for another,
          // given the time that two on two busy cores need.
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
