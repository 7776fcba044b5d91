import { BadRequest } from '../../metrics/badRequest.ts';

/** What a question answers, or null where its figures don't know what the reader filters by. */
export async function orUntold<Answered>(question: Promise<Answered>): Promise<Answered | null> {
  try {
    return await question;
  } catch (error) {
    if (error instanceof BadRequest && error.parameter === 'measures') return null;
    throw error;
  }
}
