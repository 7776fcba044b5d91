import { Presets, SingleBar } from 'cli-progress';
import { printable } from './terminal.ts';

export type Progress = (step: string, done: number, of: number) => void;

/**
 * Runs long work with a bar on a terminal and a line a step elsewhere, both on stderr. Silent where a
 * machine reads the output.
 */
export async function withProgress<Result>(
  quiet: boolean,
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  if (quiet) return work(() => {});
  if (!process.stderr.isTTY) {
    let last = '';
    return work((step) => {
      if (step !== last) process.stderr.write(`${printable(step)}\n`);
      last = step;
    });
  }
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}%  {step}',
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  bar.start(1, 0, { step: '' });
  try {
    return await work((step, done, of) => {
      bar.setTotal(of);
      bar.update(done, { step: printable(step) });
    });
  } finally {
    bar.stop();
  }
}
