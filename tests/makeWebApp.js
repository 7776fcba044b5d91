// Builds the web app in a process of its own, so that `tests/run.js` can see to another meanwhile.

import { buildWebApp } from '../src/cli/prepare.js';

buildWebApp(() => {});
