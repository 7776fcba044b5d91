/** Long enough for the answer before it to be on its way, in milliseconds. */
const SOON = 100;
/** What is put off for longer than this many others is not worth its making any more. */
const MOST = 12;

/** Pages being opened: somebody sees nothing until they are answered. */
let awaited = 0;
const putOff: (() => Promise<void>)[] = [];
let next: NodeJS.Timeout | undefined;

function begin(): void {
  next = undefined;
  if (awaited > 0) return;
  const work = putOff.shift();
  // Whoever asks for it is told of what fails.
  work?.()
    .catch(() => {})
    .finally(soon);
}

function soon(): void {
  if (putOff.length > 0) next ??= setTimeout(begin, SOON).unref();
}

/** Answers a page that somebody opens. */
export async function whileWaitedFor<Answer>(answer: () => Promise<Answer>): Promise<Answer> {
  awaited += 1;
  try {
    return await answer();
  } finally {
    awaited -= 1;
    if (awaited === 0) soon();
  }
}

/** Does what nobody asked for yet, one thing after another, at moments when no page is being opened. */
export function whenNobodyWaits(work: () => Promise<void>): void {
  putOff.push(work);
  if (putOff.length > MOST) putOff.shift();
  soon();
}
