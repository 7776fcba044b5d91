/** Remembers the answers last asked for, and lets those who ask the same at once wait for one working-out. */
export class Cache<Answer> {
  private readonly size: number;
  private readonly isKept: (answer: Answer) => boolean;
  private readonly answers = new Map<string, Promise<Answer>>();

  /** `size` answers are remembered; one that is not to be kept is shared only while it is worked out. */
  constructor(size: number, isKept: (answer: Answer) => boolean = () => true) {
    this.size = size;
    this.isKept = isKept;
  }

  get(question: string, workOut: () => Promise<Answer>): Promise<Answer> {
    const known = this.answers.get(question);
    if (known) {
      // Put last again, so that the first is always the one not asked for the longest.
      this.answers.delete(question);
      this.answers.set(question, known);
      return known;
    }
    const answer = workOut();
    this.answers.set(question, answer);
    const forget = () => this.answers.delete(question);
    answer.then((found) => this.isKept(found) || forget(), forget);
    if (this.answers.size > this.size) this.answers.delete(this.answers.keys().next().value!);
    return answer;
  }
}
