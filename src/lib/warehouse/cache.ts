/** Remembers the answers last asked for, and lets those who ask the same at once wait for one working-out. */
export class Cache<Answer> {
  private readonly size: number;
  private readonly answers = new Map<string, Promise<Answer>>();

  constructor(size: number) {
    this.size = size;
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
    answer.catch(() => this.answers.delete(question));
    if (this.answers.size > this.size) this.answers.delete(this.answers.keys().next().value!);
    return answer;
  }
}
