/** Who comes through the gate to an API that listens on loopback: nginx and the API as they are deployed. */
import { readFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import path from 'node:path';
import { text } from 'node:stream/consumers';

import { type SourceProcess, startSource } from '../rule-change/source-process';
import { findForTests, freePort, type TestDatabase } from '../support';
import { createMigratedDatabase } from '../support/migrated-database';
import { type Gate, startGate } from './gate';

jest.setTimeout(60_000);

const program = findForTests('nginx');
const withNginx = program === null ? describe.skip : describe;

interface Asked {
  readonly port: number;
  readonly path: string;
  readonly method?: string;
  readonly headers?: IncomingHttpHeaders;
  /** Certificate and authority; left out: plain HTTP. */
  readonly tls?: { readonly ca: Buffer; readonly cert?: Buffer; readonly key?: Buffer };
}

async function ask(asked: Asked): Promise<{ readonly status: number; readonly body: string }> {
  const options = {
    ...{ host: '127.0.0.1', port: asked.port, path: asked.path, method: asked.method ?? 'GET' },
    headers: asked.headers ?? {},
    agent: false as const,
  };
  return new Promise((resolve, reject) => {
    const sent =
      asked.tls === undefined
        ? httpRequest(options)
        : httpsRequest({ ...options, ...asked.tls, servername: 'localhost' });
    sent.on('error', reject);
    sent.on('response', (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    sent.end();
  });
}

withNginx('the gate', () => {
  let database: TestDatabase;
  let api: SourceProcess;
  let apiPort: number;

  beforeAll(async () => {
    database = await createMigratedDatabase();
    api = await startSource('services/api/src/main.ts', {
      ...{ DATABASE_URL: database.url, PORT: '0', LOG_LEVEL: 'error' },
    });
    apiPort = Number(new URL(String(api.said.url)).port);
  });
  afterAll(async () => {
    expect(await api.stop()).toBe(0);
    await database.drop();
  });

  describe('of compose', () => {
    let gate: Gate;
    let port: number;
    beforeAll(async () => {
      port = await freePort();
      const ports = { 8080: port, 9464: await freePort(), 8338: apiPort };
      gate = await startGate({ program: program!, server: 'loopback.conf', ports });
    });
    afterAll(() => gate.stop());

    it('passes a request of this machine on', async () => {
      expect(await ask({ port, path: '/health/ready' })).toMatchObject({ status: 200 });
    });

    it.each([
      [{ host: 'rebound.example' }],
      [{ host: '127.0.0.1', origin: 'http://elsewhere.example' }],
    ])('leaves it to the API to refuse another site: %j', async (headers) => {
      const answer = await ask({ port, path: '/v1/rulebooks', headers });
      expect(answer).toMatchObject({
        status: 403,
        body: expect.stringContaining('not-this-host') as string,
      });
    });
  });

  describe('of Kubernetes', () => {
    let gate: Gate;
    let port: number;
    let metricsPort: number;
    let tls: { ca: Buffer; cert: Buffer; key: Buffer };
    beforeAll(async () => {
      port = await freePort();
      metricsPort = await freePort();
      gate = await startGate({
        program: program!,
        server: 'cluster.conf',
        ports: { 8443: port, 9464: metricsPort, 8338: apiPort },
      });
      const file = (name: string): Buffer => readFileSync(path.join(gate.folder, name));
      tls = { ca: file('ca.crt'), cert: file('tls.crt'), key: file('tls.key') };
    });
    afterAll(() => gate.stop());

    it('lets nobody in without a certificate of its authority', async () => {
      const answer = await ask({ port, path: '/health/live', tls: { ca: tls.ca } });
      expect(answer).toMatchObject({
        status: 400,
        body: expect.stringContaining('No required SSL certificate') as string,
      });
    });

    it('lets a holder of one in, under any name of the service', async () => {
      const headers = { host: 'tanxiao.example:8443' };
      expect(await ask({ port, path: '/v1/rulebooks', tls, headers })).toMatchObject({
        status: 200,
      });
    });

    it('a page of the API may ask, a page of another site may not', async () => {
      const from = (origin: string) =>
        ask({
          port,
          path: '/v1/runs',
          method: 'POST',
          tls,
          headers: { host: 'tanxiao.example', origin },
        });
      expect((await from('https://tanxiao.example')).body).not.toContain('not-this-host');
      expect(await from('https://tanxiao.example.elsewhere')).toMatchObject({ status: 403 });
      expect(await from('https://elsewhere.example')).toMatchObject({ status: 403 });
    });

    it('keeps the metrics for Prometheus', async () => {
      expect(await ask({ port, path: '/metrics', tls })).toMatchObject({
        status: 404,
        body: expect.stringContaining('nginx') as string,
      });
    });

    it('shows Prometheus and probes nothing but metrics and health', async () => {
      expect(await ask({ port: metricsPort, path: '/health/ready' })).toMatchObject({
        status: 200,
      });
      expect(await ask({ port: metricsPort, path: '/v1/rulebooks' })).toMatchObject({
        status: 404,
      });
      expect(await ask({ port: metricsPort, path: '/health/../v1/rulebooks' })).toMatchObject({
        status: 404,
      });
    });
  });
});
