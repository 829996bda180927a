/** The API as a process of its own, from its build: told apart from the library by signals, IPC and its end. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';

import { type ApiUnderTest, startApi } from './testing/api-under-test';

const BUILT = path.join(__dirname, '..', 'dist', 'main.js');
// `npm test` builds first; a bare jest run without a build has no process to start.
const withBuild = existsSync(BUILT) ? describe : describe.skip;

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

interface Started {
  readonly child: ChildProcess;
  readonly ready: Promise<{ type: string; url: string }>;
  readonly ended: Promise<number | null>;
  readonly errors: () => string;
}

function start(environment: Record<string, string>): Started {
  const child = fork(BUILT, {
    env: { ...process.env, LOG_LEVEL: 'silent', ...environment },
    silent: true,
  });
  let errors = '';
  child.stderr?.on('data', (data: Buffer) => (errors += data.toString()));
  return {
    child,
    ready: once(child, 'message').then(([message]) => message as { type: string; url: string }),
    ended: once(child, 'exit').then(([code]) => code as number | null),
    errors: () => errors,
  };
}

withBuild('the process', () => {
  it('tells its parent where it listens, and ends in order on SIGTERM', async () => {
    const { child, ready, ended } = start({ DATABASE_URL: api.databaseUrl });
    const { type, url } = await ready;
    expect(type).toBe('ready');
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it('ends when its parent is gone', async () => {
    const { child, ready, ended } = start({ DATABASE_URL: api.databaseUrl });
    await ready;
    child.disconnect();
    expect(await ended).toBe(0);
  });

  it('a request in flight when it ends is finished', async () => {
    const { child, ready, ended } = start({ DATABASE_URL: api.databaseUrl });
    const { url } = await ready;
    let sendRest = (): void => undefined;
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('{"rulebook":'));
        sendRest = () => {
          controller.enqueue(Buffer.from('"x","period":"2026","submissions":[{}]}'));
          controller.close();
        };
      },
    });
    const answer = fetch(`${url}/v1/submissions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      duplex: 'half',
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    child.kill('SIGTERM');
    await new Promise((resolve) => setTimeout(resolve, 200));
    sendRest();
    expect((await answer).status).toBe(400);
    expect(await ended).toBe(0);
  });

  it('a mistake in its environment is one sentence in both languages, and the end', async () => {
    const { ended, errors } = start({ DATABASE_URL: api.databaseUrl, HOST: '0.0.0.0' });
    expect(await ended).toBe(1);
    expect(errors()).toMatch(/^HOST 只能是本机地址.*\nHOST must be a loopback address.*\n$/);
  });

  it('a port that is taken is told, or another one taken where that was asked for', async () => {
    const { port } = new URL(api.url);
    const { ended, errors } = start({ DATABASE_URL: api.databaseUrl, PORT: port });
    expect(await ended).toBe(1);
    expect(errors()).toContain('EADDRINUSE');
    const other = start({ DATABASE_URL: api.databaseUrl, PORT: port, PORT_TAKEN: 'any' });
    const { url } = await other.ready;
    expect(url).not.toBe(api.url);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    other.child.kill('SIGTERM');
    expect(await other.ended).toBe(0);
  });
});
