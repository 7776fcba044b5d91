/**
 * A file the reader will not turn into a table: what is wrong in one sentence and, where a person's answer
 * would settle it, the question to ask.
 */
export class UnreadableFile extends Error {
  readonly path: string;
  readonly reason: string;
  readonly question: string | null;

  constructor(path: string, reason: string, question: string | null = null) {
    super(question ? `${reason} ${question}` : reason);
    this.name = 'UnreadableFile';
    this.path = path;
    this.reason = reason;
    this.question = question;
  }
}
