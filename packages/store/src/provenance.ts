/** Who wrote a row, and on whose request: every write carries it from the first day (a system actor until accounts exist). */

export interface Provenance {
  /** Account or system actor, e.g. `system:worker`. */
  readonly actor: string;
  /** Id of the request (or job) that caused the write; the worker passes on the one of the outbox row. */
  readonly requestId: string;
  /** The traces that go on where an outbox row is taken up (W3C `traceparent`); absent or empty without tracing. */
  readonly traceparents?: readonly string[];
}
