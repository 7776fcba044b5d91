const names = new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' });

/** `February` from 2. */
export const monthName = (month: number): string => names.format(Date.UTC(2000, month - 1, 1));
