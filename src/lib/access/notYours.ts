/** What is asked for exists for those who see everything, and this reader does not. */
export class NotYours extends Error {
  constructor() {
    super('Files, their rows and the checks on them are for readers who see every deal.');
    this.name = 'NotYours';
  }
}
