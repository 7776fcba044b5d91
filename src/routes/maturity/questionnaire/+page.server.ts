import { fail, redirect } from '@sveltejs/kit';
import { answersFolder } from '$lib/answers/answersFolder.ts';
import { countAnswers, isCounting } from '$lib/answers/countAnswers.ts';
import { saveAnswers } from '$lib/answers/saveAnswers.ts';
import { newSubmissionId, readSubmission, Unanswerable } from '$lib/answers/submission.ts';
import { answersWaiting } from '$lib/answers/waiting.ts';
import { maturityModel } from '$lib/questions/maturity/model.ts';
import { respondentPlaces } from '$lib/questions/maturity/respondents.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { currentWarehouse } from '$lib/warehouse/current.ts';
import type { Actions, PageServerLoad } from './$types';

const asked = async () => {
  const warehouse = await currentWarehouse();
  const model = await maturityModel(warehouse);
  return { warehouse, model, indicators: model.indicators.filter(({ assessed }) => assessed) };
};

const dayIn = (zone: string) => new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date());

export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    const { warehouse, model, indicators } = await asked();
    const waiting = await answersWaiting(warehouse, scope);
    return {
      submission: newSubmissionId(dayIn(warehouse.build.time_zone)),
      saved: url.searchParams.has('saved'),
      waiting: waiting.length,
      counting: isCounting(),
      places: await respondentPlaces(warehouse, scope),
      needed: { people: model.minimum_answers, departments: model.minimum_departments },
      domains: Object.entries(model.domains).map(([domain, { label, question }]) => ({
        domain,
        label,
        question,
        indicators: indicators
          .filter((indicator) => indicator.domain === domain)
          .map(({ id, label: name, statement, source, assessed }) => ({
            ...{ id, name, statement, source, answers: assessed!.answers },
          })),
      })),
    };
  });

export const actions: Actions = {
  default: async ({ request }) => {
    const { warehouse, indicators } = await asked();
    const form = await request.formData();
    try {
      const submission = readSubmission(
        form,
        indicators.map(({ id }) => id),
      );
      saveAnswers(answersFolder(warehouse.file), submission);
    } catch (error) {
      if (!(error instanceof Unanswerable)) throw error;
      const filled = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string'));
      return fail(400, {
        field: error.field,
        message: error.message,
        filled: filled as Record<string, string>,
      });
    }
    countAnswers(warehouse.file);
    redirect(303, '/maturity/questionnaire?saved');
  },
};
