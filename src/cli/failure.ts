import { CommanderError } from 'commander';
import { Problem } from '../../pipeline/problem.ts';
import { UnreadableFile } from '../../pipeline/read/unreadable.ts';
import { BadRequest } from '../lib/metrics/badRequest.ts';
import { PreparationError } from './prepare.js';
import { printable } from './terminal.ts';

/** A command that was asked for in a way it does not understand. */
export class WrongUsage extends Error {}

/** Something of the reader's own needs mending, and all there is to say has been said. */
export class Unfinished extends Error {}

export const exitCodes = { done: 0, mend: 1, usage: 2, fault: 3 } as const;

/** Says what went wrong on stderr and returns the exit code that goes with it. */
export function fail(error: unknown, debug: boolean): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  if (error instanceof Unfinished) return exitCodes.mend;
  const say = (text: string) => console.error(printable(text));
  if (debug && error instanceof Error) console.error(error.stack);
  if (error instanceof WrongUsage) {
    say(error.message);
    return exitCodes.usage;
  }
  if (error instanceof BadRequest) {
    const allowed = error.allowed.length > 0 ? ` It may be: ${error.allowed.join(', ')}.` : '';
    say(`${error.parameter}: ${error.message}${allowed}`);
    return exitCodes.usage;
  }
  if (error instanceof Problem) say(error.describe());
  else if (error instanceof UnreadableFile) say(`${error.path}: ${error.message}`);
  else if (error instanceof PreparationError) say(error.message);
  else {
    const [said = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
    say(`Holdfast failed: ${said}`);
    if (!debug) say('This is a fault of ours. Run it again with --debug to see where.');
    return exitCodes.fault;
  }
  return exitCodes.mend;
}
