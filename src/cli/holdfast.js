#!/usr/bin/env node
// The `holdfast` command. Plain JavaScript, so that it can say what is missing before anything is installed.
// The TypeScript it starts runs in this same process: signals and exit codes need no forwarding.

import './nodeVersion.js';

try {
  const { register } = await import('tsx/esm/api');
  // Without a tsconfig: its base file is written by the web build and may not be there yet.
  register({ tsconfig: false });
} catch (error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error(
    'The packages Holdfast runs on are not installed. Run `npm ci` in its folder, or `npm start`.',
  );
  process.exit(2);
}

try {
  await import('./main.ts');
} catch (error) {
  const debug = process.argv.includes('--debug');
  console.error(`Holdfast could not start: ${debug ? error.stack : error.message}`);
  if (!debug) console.error('This is a fault of ours. Run it again with --debug to see where.');
  process.exitCode = 3;
}
