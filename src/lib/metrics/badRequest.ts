/** A request that can't be answered as asked: which parameter, and what it may be. */
export class BadRequest extends Error {
  readonly parameter: string;
  readonly allowed: readonly string[];

  constructor(parameter: string, whatIsWrong: string, allowed: readonly string[] = []) {
    super(whatIsWrong);
    this.name = 'BadRequest';
    this.parameter = parameter;
    this.allowed = allowed;
  }
}
