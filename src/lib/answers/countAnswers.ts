import { spawn } from 'node:child_process';

/** How long to wait before trying again where another load holds the warehouse, in milliseconds, and how often. */
const PAUSE = 5_000;
const TRIES = 60;

let running = false;
let again = false;

/** Whether a build that counts saved answers is being made. */
export const isCounting = (): boolean => running;

function build(command: string, warehouse: string): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [command, 'load', '--out', warehouse], { stdio: 'ignore' });
    child.on('error', () => done(false));
    child.on('close', (code) => done(code === 0));
  });
}

async function buildUntilCounted(command: string, warehouse: string): Promise<void> {
  for (let tried = 0; tried < TRIES; tried++) {
    again = false;
    const isDone = await build(command, warehouse);
    if (isDone && !again) return;
    if (!isDone) await new Promise((wait) => setTimeout(wait, PAUSE).unref());
  }
}

/**
 * Has a new build made in the background, in which answers saved meanwhile count; the published one answers until
 * then. Where the server was not started by `holdfast`, they count with the next load.
 */
export function countAnswers(warehouse: string): void {
  const command = process.env.HOLDFAST_COMMAND;
  again = true;
  if (running || command === undefined) return;
  running = true;
  void buildUntilCounted(command, warehouse).finally(() => {
    running = false;
  });
}
