import { orRefuse } from '$lib/records/orRefuse.ts';
import { personPage } from '../../personPage.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ url, params, locals }) =>
  orRefuse(() => personPage(url, 'rep', params.id, locals.scope));
