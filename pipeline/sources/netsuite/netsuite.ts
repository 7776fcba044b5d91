import type { Source } from '../source.ts';
import { analytics } from './analytics.ts';
import { savedSearch } from './savedSearch.ts';

export const netsuite: Source[] = [...analytics, ...savedSearch];
