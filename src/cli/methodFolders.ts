import { fileURLToPath } from 'node:url';

/** Where the code of the method figures lies: a build made with other code is made anew. */
export const methodFolders = [fileURLToPath(new URL('../lib', import.meta.url))];
