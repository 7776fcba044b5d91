import { error, fail, redirect } from '@sveltejs/kit';
import { isSameOrigin } from '$lib/access/sameOrigin.ts';
import { mustSeeEverything } from '$lib/access/scope.ts';
import { buildNamed, keptBuilds } from '$lib/records/data/builds.ts';
import { orRefuse } from '$lib/records/orRefuse.ts';
import { onceEach } from '$lib/records/refusal.ts';
import { currentWarehouse, lookAgain } from '$lib/warehouse/current.ts';
import { canGoBack, goBackTo, NotPublished } from '$lib/warehouse/goBack.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, locals: { scope } }) =>
  orRefuse(async () => {
    onceEach(url.searchParams);
    const { file, build } = await currentWarehouse();
    const builds = await keptBuilds(file, scope);
    const chosen = buildNamed(builds, url.searchParams.get('to') ?? '', 'to');
    const published = builds.find(({ isPublished }) => isPublished);
    const told = [chosen, published].map((one) => {
      if (!one) return null;
      const { file: _file, stamp: _stamp, ...rest } = one;
      return rest;
    });
    return { chosen: told[0]!, published: told[1]!, timeZone: build.time_zone, canGoBack: canGoBack() };
  });

export const actions: Actions = {
  default: ({ request, url, locals: { scope } }) =>
    orRefuse(async () => {
      if (!isSameOrigin(request, url))
        error(403, { message: 'Another site asked for this.', remedy: 'Nothing has changed.' });
      mustSeeEverything(scope);
      const { file } = await currentWarehouse();
      const to = String((await request.formData()).get('to') ?? '');
      const chosen = buildNamed(await keptBuilds(file, scope), to, 'to');
      if (!chosen.isPublished) {
        try {
          await goBackTo(chosen.build_id, file);
        } catch (thrown) {
          if (!(thrown instanceof NotPublished)) throw thrown;
          return fail(409, { message: thrown.message });
        }
        lookAgain();
      }
      redirect(303, '/data#builds');
    }),
};
