import { json } from '@sveltejs/kit';
import { plain } from '../api/answering.ts';
import { openApi } from './document.ts';
import type { RequestHandler } from './$types';

/** Bumped with every change of the interface that its callers could notice. */
const version = '0.1.0';

export const GET: RequestHandler = () => json(openApi(version), { headers: plain });
