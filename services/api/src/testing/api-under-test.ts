/**
 * The API on a free loopback port with a database of its own. Every answer a test gets is checked against the
 * route's schema in the OpenAPI table, so that the document cannot promise what the code does not do.
 */
import path from 'node:path';

import { loadStandards, type Standards } from '@tanxiao/standards';
import { createPool, keepFactorSetDocuments, keepRulebookDocuments, migrate } from '@tanxiao/store';
import type { Pool } from 'pg';
import { pino } from 'pino';

import { createApp } from '../app';
import { problemAnswerSchema } from '../http/problem-answer';
import type { Route } from '../http/route';
import type { ThreadFile } from '../http/thread-file';
import { routes } from '../routes';
import { listen } from '../server';

/** Of `test/src/support`, which lies outside of this project's sources. */
interface TestSupport {
  createTestDatabase(options: {
    template: { name: string; prepareTemplate: (url: string) => Promise<void> };
  }): Promise<{ url: string; drop(): Promise<void> }>;
}

export interface Answered<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export interface ApiUnderTest {
  readonly url: string;
  readonly databaseUrl: string;
  readonly pool: Pool;
  readonly standards: Standards;
  /** Sends and checks the answer against its schema; JSON is parsed, anything else is text. */
  ask<Body = never>(path: string, init?: RequestInit): Promise<Answered<Body>>;
  post<Body = never>(
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ): Promise<Answered<Body>>;
  close(): Promise<void>;
}

const TEST_STATEMENT = { actor: 'test', requestId: 'test' };

/** Threads without a build: the sources, by the hook that the queue package's tests have too. */
export function threadOfSources(file: string): ThreadFile {
  const hook = '../../../../packages/queue/src/testing/require-typescript.cjs';
  return {
    file: path.join(__dirname, '..', file),
    execArgv: ['--require', path.join(__dirname, hook)],
  };
}

export const SOURCE_THREADS = {
  dryRunThread: threadOfSources('dry-runs/dry-run-thread.ts'),
  checkThread: threadOfSources('rulebook-proposals/check-thread.ts'),
};

export async function startApi(standards: Standards = loadStandards()): Promise<ApiUnderTest> {
  const support = jest.requireActual<TestSupport>('../../../../test/src/support');
  const database = await support.createTestDatabase({
    template: { name: 'store_migrated', prepareTemplate: migrated },
  });
  const pool = createPool({ connectionString: database.url, max: 6 });
  await keepRulebookDocuments(pool, standards.rulebooks, TEST_STATEMENT);
  await keepFactorSetDocuments(pool, standards.factorSets, TEST_STATEMENT);
  const logger = pino({ level: process.env.API_TEST_LOG ?? 'silent' });
  const server = await listen(createApp({ pool, standards, logger, ...SOURCE_THREADS }), {
    host: '127.0.0.1',
    port: 0,
  });
  const ask = async <Body>(path: string, init?: RequestInit): Promise<Answered<Body>> => {
    const response = await fetch(server.url + path, init);
    const text = await response.text();
    const type = response.headers.get('content-type') ?? '';
    const body: unknown = /\bjson\b/.test(type) ? JSON.parse(text) : text;
    checkAnswer(init?.method ?? 'GET', path, response, body);
    return { status: response.status, headers: response.headers, body: body as Body };
  };
  return {
    url: server.url,
    databaseUrl: database.url,
    pool,
    standards,
    ask,
    post: (path, body, headers = {}) =>
      ask(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async close() {
      await server.close(2);
      await pool.end();
      await database.drop();
    },
  };
}

async function migrated(url: string): Promise<void> {
  const pool = createPool({ connectionString: url });
  await migrate(pool);
  await pool.end();
}

/** Throws where an answer is not as the table of routes says. */
function checkAnswer(method: string, path: string, response: Response, body: unknown): void {
  const { status } = response;
  const where = `${method} ${path} → ${status}`;
  if (response.headers.get('request-id') === null) throw new Error(`${where}: no request-id`);
  if (status === 304 || status === 204) return;
  const type = (response.headers.get('content-type') ?? '').split(';', 1)[0]!;
  if (status >= 400) {
    if (type !== 'application/problem+json') throw new Error(`${where}: ${type} is no problem`);
    problemAnswerSchema.strict().parse(body);
    return;
  }
  const found = routeOf(method, path.split('?', 1)[0]!);
  if (!found) throw new Error(`${where}: no such route in the table`);
  const content = found.responses[status]?.content;
  if (!content) throw new Error(`${where}: a status that the table does not name`);
  const key = Object.keys(content).find((one) => one.split(';', 1)[0] === type);
  if (key === undefined && !found.url.startsWith('/docs'))
    throw new Error(`${where}: ${type} is not in the table`);
  if (key !== undefined) content[key]?.parse(body);
}

function routeOf(method: string, path: string): Route | undefined {
  return routes.find(
    (route) =>
      route.method === (method === 'HEAD' ? 'get' : method.toLowerCase()) &&
      new RegExp(`^${route.url.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(
        path,
      ),
  );
}
