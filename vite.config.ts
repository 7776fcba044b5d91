import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [sveltekit()],
  // Native bindings are found beside their package at run time; bundling would lose them.
  ssr: { external: ['@duckdb/node-api', '@duckdb/node-bindings'] },
});
