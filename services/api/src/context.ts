/** What every handler may use; made once at boot, or by a test. */
import type { Standards } from '@tanxiao/standards';
import type { Pool } from 'pg';
import type { Logger } from 'pino';

import type { DryRunWorker, ThreadFile } from './dry-runs/dry-run-worker';
import type { JsonTurns } from './http/json-turns';
import type { Slots } from './http/slots';
import type { UploadSlots } from './uploads/upload-slots';

/** What the caller of `createApp` owns, and closes. */
export interface ApiResources {
  readonly pool: Pool;
  /** The rulebooks and factor sets this process was started with. */
  readonly standards: Standards;
  readonly logger: Logger;
  /** Default: the built file. Tests run the sources. */
  readonly dryRunThread?: ThreadFile;
}

export interface ApiContext extends ApiResources {
  /** How many uploads are being taken in, and under which keys. */
  readonly uploadSlots: UploadSlots;
  /** Room for JSON bodies: how much of them is in memory at once. */
  readonly jsonTurns: JsonTurns;
  /** Exports hold a database connection each while their client reads. */
  readonly exportSlots: Slots;
  readonly dryRunSlots: Slots;
  readonly dryRunWorker: DryRunWorker;
}

/** Who writes: until accounts exist, everything that arrives over HTTP is written by this one actor. */
export const ACTOR = 'system';
