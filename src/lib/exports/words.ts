import { count } from '../design/formats.ts';
import type { MissingTable, ReviewedFile, Standing } from './review.ts';

const how = (files: readonly ReviewedFile[], standing: Standing) =>
  files.filter((file) => file.standing === standing).length;

const sentence = (parts: string[]) =>
  parts.length === 0
    ? ''
    : `${parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts[0]}.`;

/** What the files come to, as a headline. */
export function reviewFinding(files: readonly ReviewedFile[]): string {
  const looking = how(files, 'looking');
  if (files.length === 0) return 'No files are waiting.';
  if (looking > 0) return `Reading ${count(looking, 'file')} …`;
  const ready = how(files, 'ready');
  if (ready === files.length)
    return files.length === 1 ? 'The file can be loaded.' : `All ${files.length} files can be loaded.`;
  if (ready === 0) return files.length === 1 ? 'The file can’t be loaded yet.' : 'No file can be loaded yet.';
  return `${ready} of ${files.length} files can be loaded.`;
}

/** What is left to do before they can, in a sentence or two. */
export function reviewStandfirst(files: readonly ReviewedFile[]): string {
  const [asked, unknown, unreadable] = (['question', 'unknown', 'unreadable'] as const).map((one) =>
    how(files, one),
  ) as [number, number, number];
  if (how(files, 'looking') > 0) return 'Each is read to its end before anything is said of it.';
  const parts = [
    asked > 0 ? `${asked} ${asked === 1 ? 'needs' : 'need'} your answer` : '',
    unknown > 0 ? `${unknown} ${unknown === 1 ? 'is' : 'are'} not recognised` : '',
    unreadable > 0 ? `${unreadable} can’t be read` : '',
  ].filter((part) => part !== '');
  if (parts.length === 0) return 'Check how each is read below, or load them now.';
  const rest =
    how(files, 'ready') === 0 && asked === 0 && unknown > 0
      ? ' Say below what each one is.'
      : asked > 0
        ? ' Nothing is loaded on a guess: answer, or leave the file out.'
        : ' What is not recognised or can’t be read is left out of a load.';
  return sentence(parts) + rest;
}

/** What could be added next, in one sentence; empty where nothing is missing. */
export function nextInWords([first]: readonly MissingTable[]): string {
  return first ? `What to add next: ${first.what.toLowerCase()}, for ${first.unlocks}.` : '';
}
