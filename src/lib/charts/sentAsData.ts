import { AsyncLocalStorage } from 'node:async_hooks';

const asked = new AsyncLocalStorage<boolean>();

/** Answers a request, knowing all along whether it is for a page's data or for the page itself. */
export const answering = <Answer>(isDataRequest: boolean, answer: () => Answer): Answer =>
  asked.run(isDataRequest, answer);

/** Whether what is being answered is a page's data: then its charts go along as pictures, which no page holds. */
export const isSentAsData = (): boolean => asked.getStore() ?? false;
