/** A way out of a figure: to the deals, to a file. */
export interface Door {
  label: string;
  href: string;
  current?: boolean;
}

/** What stands behind a figure, as the semantic layer knows it. */
export interface Explanation {
  /** Metric id, for `/metrics#id`. */
  id: string;
  title: string;
  definition: string;
  formula?: string;
  sql?: string;
  n?: string;
  coverage?: string;
  /** "Marn & Rosiello 1992" */
  source?: string;
  notes?: string[];
}

/** What a Figure offers to the Section around it once it is alive in the browser. */
export interface Picture {
  save(kind: 'svg' | 'png'): Promise<void>;
}

export const pictureSlot = Symbol('picture');
