/** A bound on requests that hold something dear while they last: a database connection, memory. */
import { ProblemError } from '@tanxiao/contracts';

export class Slots {
  private taken = 0;

  constructor(private readonly limit: number) {}

  /** Takes a slot until the returned function is called. @throws ProblemError `too-many-at-once` */
  take(): () => void {
    if (this.taken >= this.limit)
      throw new ProblemError('too-many-at-once', { limit: String(this.limit) });
    this.taken += 1;
    return () => {
      this.taken -= 1;
    };
  }
}
