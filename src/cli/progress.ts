import { Presets, SingleBar } from 'cli-progress';
import { printable, printJsonLine } from './terminal.ts';

export type Progress = (step: string, done: number, of: number) => void;

/**
 * Runs long work with a bar on a terminal and a line a step elsewhere, both on stderr. Silent where a
 * machine reads the output, unless it asks for `lines`: one JSON object a step, on stderr.
 */
export async function withProgress<Result>(
  quiet: boolean | 'lines',
  work: (progress: Progress) => Promise<Result>,
): Promise<Result> {
  if (quiet === 'lines') return work((step, done, of) => printJsonLine({ step, done, of }, process.stderr));
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
