/** The typed client: any operation of the document by `get` and `post`, and the few that take more than one call. */
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import { ClientError, ConnectionError, WaitTimeoutError } from './errors';
import { eventsIn } from './event-stream';
import type { components, paths } from './generated/api';
import type { Answer, CallOptions, JsonRequest, PathWith, Query } from './operations';
import { type ClientOptions, type Exchange, Transport } from './transport';

type Schemas = components['schemas'];
export type Upload = Schemas['Upload'];
export type Run = Schemas['Run'];
export type Rating = Schemas['Rating'];
export type Explanation = Schemas['Explanation'];
export type Replay = Schemas['Replay'];
export type Proposal = Schemas['Proposal'];
export type ProposalSummary = Schemas['ProposalSummary'];
export type SubmissionReceipt = Schemas['SubmissionReceipt'];

export interface UploadRequest {
  readonly rulebook: string;
  /** For rows that state none of their own. */
  readonly period?: string;
  /** Keep the good rows where others are bad. */
  readonly partial?: boolean;
  /** With a key the same upload may be sent again after a broken connection. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

export interface WaitOptions<T> {
  /** Default 600. */
  readonly timeoutSeconds?: number;
  /** Default 500. */
  readonly pollMs?: number;
  readonly onProgress?: (now: T) => void;
  readonly signal?: AbortSignal;
}

const UPLOAD_ENDS = new Set<Upload['state']>(['done', 'rejected', 'unreadable']);
const RUN_ENDS = new Set<Run['state']>([
  'ranked',
  'under-notice',
  'published',
  'cancelled',
  'failed',
]);

/** The service's own lease of an upload is 15 s. */
const HELD_BY_EARLIER_MS = 30_000;
const RETRY_MS = 1_000;
/** One after the other, without a word in between. */
const WATCH_ATTEMPTS = 30;
const BACKLOG_PATIENCE_SECONDS = 60;

export class TanxiaoClient {
  private readonly transport: Transport;
  private readonly patienceMs: number;

  constructor(options: ClientOptions) {
    this.transport = new Transport(options);
    this.patienceMs = (options.backlogPatienceSeconds ?? BACKLOG_PATIENCE_SECONDS) * 1000;
  }

  /** @throws ClientError, ConnectionError */
  async get<Path extends PathWith<'get'>>(
    url: Path,
    options: CallOptions<Path, 'get'>,
  ): Promise<Answer<Path, 'get'>> {
    const response = await this.transport.send(exchangeOf('GET', url, options));
    return (await response.json()) as Answer<Path, 'get'>;
  }

  /** @throws ClientError, ConnectionError */
  async post<Path extends PathWith<'post'>>(
    url: Path,
    options: CallOptions<Path, 'post'>,
  ): Promise<Answer<Path, 'post'>> {
    const response = await this.transport.send(exchangeOf('POST', url, options));
    return (await response.json()) as Answer<Path, 'post'>;
  }

  /** The raw answer, for files (templates, exports, annotated uploads) and texts. */
  async fetch(url: string, options: Omit<Exchange, 'method' | 'path'> = {}): Promise<Response> {
    return this.transport.send({ method: 'GET', path: url, ...options });
  }

  async submit(
    body: JsonRequest<'/v1/submissions', 'post'>,
    options: { readonly idempotencyKey?: string } = {},
  ): Promise<SubmissionReceipt> {
    return this.patiently(() => this.post('/v1/submissions', { body, ...options }));
  }

  /** Waits out the service's backlog, see {@link ClientOptions}. Nothing was kept, so sending again is safe. */
  private async patiently<T>(send: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const deadline = Date.now() + this.patienceMs;
    for (;;) {
      try {
        return await send();
      } catch (error) {
        const full = error instanceof ClientError && error.code === 'backlog-full';
        if (!full || Date.now() >= deadline) throw error;
        const waitMs = error.retryAfterSeconds === null ? RETRY_MS : error.retryAfterSeconds * 1000;
        // Clients that were refused together do not all come back together.
        const spread = Math.min(waitMs * (1 + Math.random() / 4), deadline - Date.now());
        await sleep(Math.max(0, spread), undefined, signal ? { signal } : {});
      }
    }
  }

  /**
   * Streams a .csv or .xlsx file; it is never in memory as a whole. With an idempotency key it waits while the
   * service still holds an earlier sending of the same file that broke off (15 s at most after a crash).
   */
  async uploadFile(file: string, request: UploadRequest): Promise<Upload> {
    const filename = path.basename(file);
    const deadline = Date.now() + HELD_BY_EARLIER_MS;
    for (;;) {
      try {
        return await this.patiently(
          () => this.uploadStream(createReadStream(file), { ...request, filename }),
          request.signal,
        );
      } catch (error) {
        const held = error instanceof ClientError && error.code === 'idempotency-in-progress';
        if (!held || Date.now() > deadline) throw error;
        await sleep(RETRY_MS);
      }
    }
  }

  async uploadStream(
    bytes: Readable,
    request: UploadRequest & { readonly filename: string },
  ): Promise<Upload> {
    const { signal, idempotencyKey, ...query } = request;
    // fetch only says that the body failed; the stream knows why (no such file, no right to read it).
    const failures: Error[] = [];
    bytes.once('error', (error) => failures.push(error));
    try {
      const response = await this.transport.send({
        method: 'POST',
        path: '/v1/uploads',
        query,
        headers: { 'content-type': 'application/octet-stream', ...keyHeader(idempotencyKey) },
        body: Readable.toWeb(bytes) as ReadableStream,
        signal,
      });
      return (await response.json()) as Upload;
    } catch (error) {
      bytes.destroy();
      throw failures[0] ?? error;
    }
  }

  /**
   * Until the upload is done, rejected or unreadable; with `rated`, also until its kept rows have their ratings
   * (or failed to get one, which `rows.failed` counts).
   */
  async waitForUpload(
    id: string,
    options: WaitOptions<Upload> & { readonly rated?: boolean } = {},
  ): Promise<Upload> {
    return waitFor(
      `upload ${id}`,
      () => this.get('/v1/uploads/{id}', { path: { id }, ...signalOf(options) }),
      (upload) =>
        UPLOAD_ENDS.has(upload.state) &&
        (options.rated !== true || upload.rows.rated + upload.rows.failed >= upload.rows.accepted),
      options,
    );
  }

  async createRun(
    body: JsonRequest<'/v1/runs', 'post'>,
    options: { readonly idempotencyKey?: string } = {},
  ): Promise<Run> {
    return this.post('/v1/runs', { body, ...options });
  }

  /** Until workers have nothing more to do for the run. */
  async waitForRun(id: string, options: WaitOptions<Run> = {}): Promise<Run> {
    return waitFor(
      `run ${id}`,
      () => this.get('/v1/runs/{id}', { path: { id }, ...signalOf(options) }),
      (run) => RUN_ENDS.has(run.state),
      options,
    );
  }

  /**
   * A run as it goes on, by server-sent events, until workers have nothing more to do for it. A connection that breaks is
   * made again: what is told is where the run is then.
   */
  async *watchRun(
    id: string,
    options: { readonly signal?: AbortSignal } = {},
  ): AsyncGenerator<Run> {
    for (let failures = 0; ;) {
      try {
        const response = await this.fetch('/v1/runs/{id}/events', {
          parameters: { id },
          ...signalOf(options),
        });
        for await (const run of eventsIn<Run>(response, 'run')) {
          failures = 0;
          yield run;
          if (RUN_ENDS.has(run.state)) return;
        }
      } catch (error) {
        const passing =
          !(error instanceof ClientError) || error.status === 503 || error.status === 429;
        failures += 1;
        if (!passing || failures > WATCH_ATTEMPTS || options.signal?.aborted === true) throw error;
      }
      await sleep(RETRY_MS, undefined, signalOf(options));
    }
  }

  async publish(runId: string): Promise<Run> {
    return this.post('/v1/runs/{id}/publish', { path: { id: runId } });
  }

  /** All ratings of a filter, page by page as they are read. */
  async *ratings(query: Omit<Query<'/v1/ratings', 'get'>, 'cursor'>): AsyncGenerator<Rating> {
    let cursor: string | null = null;
    do {
      const page: Answer<'/v1/ratings', 'get'> = await this.get('/v1/ratings', {
        query: { ...query, ...(cursor === null ? {} : { cursor }) },
      });
      yield* page.items;
      cursor = page.nextCursor;
    } while (cursor !== null);
  }

  async explanation(ratingId: string): Promise<Explanation> {
    return this.get('/v1/ratings/{id}/explanation', { path: { id: ratingId } });
  }

  /** As lines a person reads, in the client's language. */
  async explanationText(ratingId: string): Promise<string> {
    const response = await this.fetch('/v1/ratings/{id}/explanation', {
      parameters: { id: ratingId },
      headers: { accept: 'text/plain' },
    });
    return response.text();
  }

  async replay(ratingId: string): Promise<Replay> {
    return this.get('/v1/ratings/{id}/replay', { path: { id: ratingId } });
  }
}

interface AnyCall {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
}

function exchangeOf(method: Exchange['method'], url: keyof paths, call: AnyCall): Exchange {
  const { path: parameters, query, body, idempotencyKey, signal } = call;
  return {
    method,
    path: url,
    parameters,
    query,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...keyHeader(idempotencyKey),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal,
  };
}

function keyHeader(key: string | undefined): Record<string, string> {
  return key === undefined ? {} : { 'idempotency-key': key };
}

function signalOf(options: { readonly signal?: AbortSignal }): { signal?: AbortSignal } {
  return options.signal ? { signal: options.signal } : {};
}

/** A moment without answer (a restart) is no end of waiting; a problem is. */
async function waitFor<T extends { readonly state: string }>(
  what: string,
  ask: () => Promise<T>,
  isEnd: (now: T) => boolean,
  options: WaitOptions<T>,
): Promise<T> {
  const { timeoutSeconds = 600, pollMs = 500, onProgress, signal } = options;
  const deadline = Date.now() + timeoutSeconds * 1000;
  let state = 'unknown';
  for (;;) {
    try {
      const now = await ask();
      onProgress?.(now);
      if (isEnd(now)) return now;
      state = now.state;
    } catch (error) {
      const passing =
        error instanceof ConnectionError || (error instanceof ClientError && error.status === 503);
      if (!passing || Date.now() >= deadline) throw error;
    }
    if (Date.now() >= deadline) throw new WaitTimeoutError(what, state, timeoutSeconds);
    await sleep(pollMs, undefined, signal ? { signal } : {});
  }
}
