import { execFile } from 'node:child_process';

/** Whether the server can have another build published: it was started by `holdfast`, which does it. */
export const canGoBack = (): boolean => process.env.HOLDFAST_COMMAND !== undefined;

/** Why another build could not be published, in the words of the command that tried. */
export class NotPublished extends Error {}

/**
 * Has `holdfast rollback` publish a kept build again, in place of the file at `published`. Resolves when it is done;
 * throws NotPublished where it is not.
 */
export function goBackTo(buildId: string, published: string): Promise<void> {
  const command = process.env.HOLDFAST_COMMAND;
  if (command === undefined)
    throw new NotPublished('This server was not started by holdfast, which publishes builds.');
  return new Promise((done, fail) => {
    execFile(
      process.execPath,
      [command, 'rollback', buildId, '--out', published, '--json'],
      (error, _, complained) => {
        if (error) fail(new NotPublished(complained.trim() || 'The build could not be published.'));
        else done();
      },
    );
  });
}
