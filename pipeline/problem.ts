/**
 * Something of the reader's own that needs mending: a file, a mapping, a setting. It is told in two
 * sentences (what is wrong, what to do), with the place where there is one, and never as a stack trace.
 */
export class Problem extends Error {
  readonly whatToDo: string;
  readonly place: { file?: string; line?: number; column?: string };

  constructor(whatIsWrong: string, whatToDo: string, place: Problem['place'] = {}) {
    super(whatIsWrong);
    this.name = 'Problem';
    this.whatToDo = whatToDo;
    this.place = place;
  }

  /** One line for a terminal: `file:line, column: what is wrong. What to do.` */
  describe(): string {
    const { file, line, column } = this.place;
    const where = [file && line ? `${file}:${line}` : file, column && `column ${column}`].filter(Boolean);
    return `${where.length > 0 ? `${where.join(', ')}: ` : ''}${this.message} ${this.whatToDo}`.trim();
  }
}

/**
 * A Problem that only the reader can settle: input with two meanings, or a mapping that doesn't fit its file.
 * Nothing is published on a guess, so it stops the load.
 */
export class Question extends Problem {}

/** A file that is known and that nothing is read from: why not, and what to export in its place. */
export class NotNeeded extends Problem {
  readonly recognisedAs: string;

  constructor(recognisedAs: string, why: string) {
    super(`The export ${recognisedAs} is not needed.`, why);
    this.recognisedAs = recognisedAs;
  }
}
