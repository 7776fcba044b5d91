import { error } from '@sveltejs/kit';
import { refusalOf } from './refusal.ts';

/** What a page's load works out; what the reader can mend becomes the page that says so, with its status. */
export async function orRefuse<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    const refusal = refusalOf(thrown);
    if (!refusal) throw thrown;
    const { status, error: message, parameter, allowed } = refusal;
    if (status === 503) error(503, { message, remedy: 'Add your exports on the page Add exports.' });
    if (status === 403)
      error(403, {
        message,
        remedy: 'Each deal and customer that you see says from which file and line it was read.',
      });
    const choices = allowed.length > 0 ? ` It may be ${someOf(allowed)}.` : '';
    error(400, {
      message,
      remedy: `The address says so in “${parameter ?? 'one of its filters'}”.${choices}`,
    });
  }
}

const someOf = (allowed: readonly string[]) =>
  allowed.length > 12 ? `${allowed.slice(0, 12).join(', ')}, …` : allowed.join(', ');
