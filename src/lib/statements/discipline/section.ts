/** A comparison that a section of the page makes, with the chance of one as clear where nothing differs. */
export interface Looked {
  /** Unique on the page: `quarter_end/share`, `bunching/20`. */
  id: string;
  p: number;
}

/** What a section has to say of what survives, for the headline and the lines under it. */
export interface Said {
  /** A finding in a few words, as it would stand in a headline: "Discounts deepen by 4.1 points at quarter end". */
  headline: string;
  /** It begins with somebody's name, which is never written small. */
  isNamed?: boolean;
  /** The sentence for below the headline, with its figures. */
  sentence: string;
  /** The section that it stands in: the anchor on the page. */
  section: string;
  /** Dollars a year that it is about, where they are known: the greatest is said first. */
  dollars: number | null;
}

/**
 * A section of the page: what it looked at, and how it is shown once it is known which comparisons survive the
 * false-discovery rate over all that the page looked at.
 */
export interface DisciplineSection<View extends { said: Said[] }> {
  looked: Looked[];
  shown(stands: (id: string) => boolean): View;
}
