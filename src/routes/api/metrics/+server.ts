import { json } from '@sveltejs/kit';
import { describeMetrics } from '$lib/metrics/catalog.ts';
import { plain } from '../answering.ts';
import type { RequestHandler } from './$types';

/** The dictionary of measures and dimensions. */
export const GET: RequestHandler = () => json({ metrics: describeMetrics() }, { headers: plain });
