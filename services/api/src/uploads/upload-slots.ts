/** How many uploads this process takes in at once, and under which keys, so that two never write one file. */
import { newId, ProblemError } from '@tanxiao/contracts';

import { UPLOADS_AT_ONCE } from '../http/limits';
import { Slots } from '../http/slots';

export class UploadSlots {
  /**
   * Under this name the process holds uploads in the database. It is one name for all its requests, so that a
   * broken-off upload can be sent again at once: `take` already keeps two requests of one key apart. Another
   * process has to wait until the lease runs out.
   */
  readonly holder = `api:${newId()}`;
  private readonly keys = new Set<string>();
  private readonly slots = new Slots(UPLOADS_AT_ONCE);

  /**
   * Takes a slot until the returned function is called.
   * @throws ProblemError `too-many-at-once`, or `idempotency-in-progress` where the key is being received now.
   */
  take(key: string | null): () => void {
    if (key !== null && this.keys.has(key)) throw new ProblemError('idempotency-in-progress');
    const release = this.slots.take();
    if (key !== null) this.keys.add(key);
    return () => {
      release();
      if (key !== null) this.keys.delete(key);
    };
  }
}
