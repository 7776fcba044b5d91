/** Ours: coaching sessions further apart than this many days are no cadence. */
export const LONGEST_GAP = 60;

/** Of reps coached in a month: from here on coaching is a process (the maturity model's "good"). */
export const PROCESS_SHARE = 0.6;

/** Days after a training in which coaching has to follow, or the rep coasts. */
export const COAST = 60;

/** Ours: fewer sessions than this are shown and not compared. */
export const MINIMUM_SESSIONS = 10;
