import { count } from '../../design/formats.ts';
import type { Effects } from '../../questions/coaching/effects.ts';

/** How the effect is worked out, for whoever opens "explain". */
export function effectNotes({ chosen, anticipation, byRep }: Effects): string[] {
  const { main, outcome, minimumEffect } = chosen;
  const notes = [
    'Coached: from the quarter of the first session that another follows within 60 days. A single session is no cadence, a training no coaching.',
    `Outcome: the rep’s ${outcome.label} of a fiscal quarter that is over${outcome.mix === null ? ', four weeks before its end, over what the rep usually wins; deal mix is not taken out' : `, less what others get on deals of the same ${outcome.mix}. Each quarter counts by the deals of equal size it rests on`}.`,
    'Expected: the rep’s own level and everyone’s quarter, from all quarters in which a rep is not coached yet or never (Borusyak, Jaravel & Spiess 2024): the comparison with the not yet treated of Callaway & Sant’Anna 2021, for reps who don’t close deals in every quarter.',
    byRep
      ? 'Errors go together by rep, since managers aren’t known: likely too small. Corrected for leverage, with Satterthwaite’s degrees of freedom.'
      : 'Errors go together by manager, who decides on coaching: a rep counts with the manager coaching began under. Corrected for few managers by leverage (Bell & McCaffrey 2002) and Satterthwaite’s degrees of freedom (Pustejovsky & Tipton 2018).',
    `“Cannot tell”: the interval includes zero, and the smallest effect that would show in 80 of 100 cases is larger than the smallest worth acting on, ${count(minimumEffect * 100, 'point')}.`,
    `Quarters left out before the start: ${anticipation}. Filters choose whose coaching is judged; compared are all reps the reader may see.`,
  ];
  if (main && main.leftOut > 0)
    notes.push(
      `${count(main.leftOut, 'quarter')} of coached reps have no earlier outcome, or nobody not coached beside them, and are left out.`,
    );
  return notes;
}
