/** Something of the reader's that is not taken: what is wrong and what to do, with the HTTP status that says so. */
export class Refused extends Error {
  readonly status: 400 | 403 | 409 | 411 | 413 | 415 | 507;

  constructor(status: Refused['status'], message: string) {
    super(message);
    this.name = 'Refused';
    this.status = status;
  }
}
