import { AsyncLocalStorage } from 'node:async_hooks';

const aside = new AsyncLocalStorage<boolean>();

/** Works out what takes long: what somebody waits for in the first place comes before its statements. */
export const workingAside = <Result>(work: () => Result): Result => aside.run(true, work);

/** Whether what is asked now belongs to what takes long. */
export const isAside = (): boolean => aside.getStore() ?? false;
