/** What every handler may use; made once at boot, or by a test. */
import type { Standards, StandardsInForce } from '@tanxiao/standards';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

import type { DryRunWorker } from './dry-runs/dry-run-worker';
import type { BacklogGate, BacklogLimits } from './http/backlog';
import type { JsonTurns } from './http/json-turns';
import type { Slots } from './http/slots';
import type { ThreadFile } from './http/thread-file';
import type { ApiMetrics } from './metrics/api-metrics';
import type { DocumentChecker } from './rulebook-proposals/document-checker';
import type { ArrivalGroups } from './submissions/arrival-groups';
import type { UploadSlots } from './uploads/upload-slots';

/** What the caller of `createApp` owns, and closes. */
export interface ApiResources {
  readonly pool: Pool;
  /** What ships; to a handler of `/v1/…`: with what had been approved when its request came. */
  readonly standards: Standards;
  readonly logger: Logger;
  /** Default: of this application alone. The process adds its own memory and CPU. */
  readonly metrics?: ApiMetrics;
  /** What may wait for the worker before new data is refused. Default: see `http/backlog.ts`. */
  readonly backlogLimits?: BacklogLimits;
  /** Default: the built file. Tests run the sources. */
  readonly dryRunThread?: ThreadFile;
  /** As `dryRunThread`. */
  readonly checkThread?: ThreadFile;
}

export interface ApiContext extends ApiResources {
  readonly metrics: ApiMetrics;
  /** How many uploads are being taken in, and under which keys. */
  readonly uploadSlots: UploadSlots;
  /** Room for JSON bodies: how much of them is in memory at once. */
  readonly jsonTurns: JsonTurns;
  /** Refuses new data while too much waits. */
  readonly backlog: BacklogGate;
  /** Submitted data on its way into the database. */
  readonly arrivals: ArrivalGroups;
  /** Exports hold a database connection each while their client reads. */
  readonly exportSlots: Slots;
  /** Clients that watch a run, each a query every half second. */
  readonly watchSlots: Slots;
  readonly standardsInForce: StandardsInForce;
  readonly dryRunSlots: Slots;
  readonly dryRunWorker: DryRunWorker;
  readonly checkSlots: Slots;
  readonly documentChecker: DocumentChecker;
}

/** Who writes: until accounts exist, everything that arrives over HTTP is written by this one actor. */
export const ACTOR = 'system';
