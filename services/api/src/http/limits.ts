/** Every limit of the HTTP border in one place; the ones a client can meet are named in the error it then gets. */

const MEBIBYTE = 1024 * 1024;

/** 5,000 submissions with 47 inputs each are about 6 MB, so 20 MB leaves room for indented JSON. */
export const JSON_BODY_BYTES = 20 * MEBIBYTE;
/** 5,000 submissions of 90 values each; parsed, so many values take up to 80 MB. */
export const JSON_VALUES = 500_000;
/**
 * The announced sizes of JSON bodies that are read, parsed and answered at once; a further one waits for its turn.
 * In memory a body is some six times its size (bytes, text, values): the API's heap of 256 MB is made for this.
 */
export const JSON_BODIES_BYTES = 24 * MEBIBYTE;
/** A body that has waited so long for its turn is told to come back. */
export const JSON_TURN_SECONDS = 30;
/** A million rows of the industrial form as CSV are about 200 MB. */
export const UPLOAD_BYTES = 512 * MEBIBYTE;
/** The size of a kept piece of an upload: what one upload in flight holds in memory, about twice. */
export const UPLOAD_CHUNK_BYTES = MEBIBYTE;
/** Each upload in flight may hold two pieces and one database connection for a moment. */
export const UPLOADS_AT_ONCE = 8;
/** Each export in flight holds one of the pool's connections (10 by default). */
export const EXPORTS_AT_ONCE = 4;
/** Clients that watch a run's progress, by server-sent events. */
export const WATCHERS_AT_ONCE = 50;
/** A dry run takes a core for itself and some memory: one at a time in a process. */
export const DRY_RUNS_AT_ONCE = 1;
/** Two populations of 100,000 subjects with 47 inputs are 75 MB of columns; rated in some seconds. A province has at most 90,000. */
export const DRY_RUN_SUBJECTS = 100_000;
/** Compiling, reading and rating must be done by then: 40,000 subjects of which 15,000 move for several reasons take 6 s. */
export const DRY_RUN_SECONDS = 60;
/** Heap of the dry-run thread; columns of numbers lie outside of it. */
export const DRY_RUN_HEAP_MB = 256;
/** The thread is kept so long for a next dry run: starting it takes a second or two. */
export const DRY_RUN_IDLE_SECONDS = 300;
/** Checks of proposed texts at once: each takes a core for itself for a second or two. */
export const CHECKS_AT_ONCE = 2;
/** With its thread started for it, the largest rulebook that ships takes 5 s at a load average of 18 on two cores. */
export const CHECK_SECONDS = 60;
/** Heap of the checking thread. */
export const CHECK_HEAP_MB = 256;
/** Issues listed in one answer; the total is stated beside them. */
export const ISSUES_LISTED = 1000;
/** With so many numbers and keys that JSON.parse would falsify, a body is refused as a whole. */
export const TEXT_ISSUES = 100_000;
/** Request line and headers together (Node's own default). */
export const HEADER_BYTES = 16 * 1024;
export const IDEMPOTENCY_KEY_LENGTH = 200;
export const REQUEST_ID_LENGTH = 128;

/** Headers must be complete by then, so that a slow client cannot hold a connection for ever. */
export const HEADERS_SECONDS = 15;
/** A JSON body must be complete by then. */
export const JSON_BODY_SECONDS = 60;
/** An upload may pause so long between two bytes. */
export const UPLOAD_IDLE_SECONDS = 30;
/** Any request must be received by then: 512 MB at 2.4 Mbit/s. */
export const REQUEST_SECONDS = 1800;
/** A connection on which nothing moves for so long is closed, also one whose client stopped reading an export. */
export const IDLE_CONNECTION_SECONDS = 120;

export const PAGE_SIZE_DEFAULT = 100;
export const PAGE_SIZE_MAXIMUM = 1000;

/** `20 MB` for a number of mebibytes. */
export function sizeText(bytes: number): string {
  return bytes >= MEBIBYTE ? `${bytes / MEBIBYTE} MB` : `${bytes / 1024} KB`;
}
