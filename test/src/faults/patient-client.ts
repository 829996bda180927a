/** A good client: whatever gets no answer, or a passing refusal, is sent again with the same Idempotency-Key until it is answered. */
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

import {
  ClientError,
  ConnectionError,
  type Run,
  TanxiaoClient,
  type Upload,
} from '@tanxiao/client';

import { CALL_TIMEOUT_MS, PATIENCE_MS } from './limits';
import { type EnterpriseData, RULEBOOK } from './workload';

const FIRST_PAUSE_MS = 30;
const LONGEST_PAUSE_MS = 400;

export interface Receipt {
  readonly id: string;
  readonly revision: number;
}

export class PatientClient {
  private readonly client: TanxiaoClient;
  /** Calls sent again. */
  retries = 0;

  constructor(baseUrl: string) {
    this.client = new TanxiaoClient({ baseUrl });
  }

  async submit(item: EnterpriseData, period: string, key: string): Promise<Receipt> {
    const receipt = await this.patiently(`POST of ${key}`, (signal) =>
      this.client.post('/v1/submissions', {
        body: { rulebook: RULEBOOK, period, partial: false, submissions: [item] },
        ...{ idempotencyKey: key, signal },
      }),
    );
    const [kept] = receipt.items;
    if (kept?.id === undefined || kept.revision === undefined)
      throw new Error(`the answer to ${key} names no submission: ${JSON.stringify(receipt)}`);
    return { id: kept.id, revision: kept.revision };
  }

  async upload(csv: string, period: string, key: string): Promise<Upload> {
    return this.patiently('upload', (signal) =>
      this.client.uploadStream(Readable.from([Buffer.from(csv, 'utf8')]), {
        ...{ rulebook: RULEBOOK, period, partial: false, filename: 'faults.csv' },
        ...{ idempotencyKey: key, signal },
      }),
    );
  }

  async getUpload(id: string): Promise<Upload> {
    return this.patiently('GET of the upload', (signal) =>
      this.client.get('/v1/uploads/{id}', { path: { id }, signal }),
    );
  }

  async createRun(period: string, key: string): Promise<Run> {
    return this.patiently('POST of a run', (signal) =>
      this.client.post('/v1/runs', {
        body: { rulebook: RULEBOOK, period },
        ...{ idempotencyKey: key, signal },
      }),
    );
  }

  async getRun(id: string): Promise<Run> {
    return this.patiently('GET of a run', (signal) =>
      this.client.get('/v1/runs/{id}', { path: { id }, signal }),
    );
  }

  async publish(id: string): Promise<Run> {
    return this.patiently('publication', (signal) =>
      this.client.post('/v1/runs/{id}/publish', { path: { id }, signal }),
    );
  }

  async text(path: string, query: Readonly<Record<string, string>>): Promise<string> {
    return this.patiently(`GET ${path}`, async (signal) => {
      const response = await this.client.fetch(path, { query, signal });
      return response.text();
    });
  }

  /** All items of a list, page by page. */
  async pages(path: string, query: Readonly<Record<string, string>>): Promise<unknown[]> {
    const items: unknown[] = [];
    let cursor: string | null = null;
    do {
      const more: Readonly<Record<string, string>> = cursor === null ? {} : { cursor };
      const page = JSON.parse(await this.text(path, { ...query, ...more })) as {
        readonly items: unknown[];
        readonly nextCursor: string | null;
      };
      items.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return items;
  }

  private async patiently<T>(what: string, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const deadline = Date.now() + PATIENCE_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await withinLimit(call);
      } catch (error) {
        if (!isPassing(error)) throw error;
        if (Date.now() > deadline)
          throw new Error(`${what}: no answer within ${PATIENCE_MS / 1000} s`, { cause: error });
        this.retries += 1;
        await sleep(pause);
      }
    }
  }
}

async function withinLimit<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new Error('timeout')), CALL_TIMEOUT_MS);
  try {
    return await call(limit.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** No answer, or "later": 503 and its like, 429, and a key whose first request is still under way. */
function isPassing(error: unknown): boolean {
  if (error instanceof ClientError)
    return error.status === 503 || error.status === 429 || error.code === 'idempotency-in-progress';
  if (error instanceof ConnectionError) return true;
  // Broken off while the body came, or after our own time limit.
  return error instanceof Error && /terminated|aborted|timeout|fetch failed/i.test(error.message);
}
