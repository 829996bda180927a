/** nginx as the gate before an API, with the files that compose and Kubernetes mount, on ports of the test. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { makeTempDir } from '../support';

const FILES = path.resolve(__dirname, '../../../infra/gate');
const START_MS = 10_000;

export interface Gate {
  readonly folder: string;
  stop(): Promise<void>;
}

export interface GateOptions {
  readonly program: string;
  readonly server: 'loopback.conf' | 'cluster.conf';
  /** As they stand in the files → as the test has them. */
  readonly ports: Readonly<Record<number, number>>;
}

export async function startGate({ program, server, ports }: GateOptions): Promise<Gate> {
  const folder = await makeTempDir('gate');
  // As root nginx gives its workers to another account, which must be able to pass.
  chmodSync(folder.path, 0o711);
  if (server === 'cluster.conf') makeCertificates(folder.path);
  const here = (text: string): string =>
    Object.entries(ports).reduce(
      (changed, [from, to]) => changed.replaceAll(new RegExp(`\\b${from}\\b`, 'g'), String(to)),
      text.replaceAll('/tmp/', `${folder.path}/`).replaceAll('/etc/nginx/tls', folder.path),
    );
  for (const [from, to] of [
    ['nginx.conf', 'nginx.conf'],
    ['metrics.conf', 'metrics.conf'],
    [server, 'server.conf'],
  ] as const)
    writeFileSync(path.join(folder.path, to), here(readFileSync(path.join(FILES, from), 'utf8')));
  const child = spawn(
    program,
    ['-c', path.join(folder.path, 'nginx.conf'), '-g', 'daemon off; master_process off;'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString('utf8')));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await folder.remove();
  };
  const deadline = Date.now() + START_MS;
  for (const port of Object.values(ports))
    while (!(await listens(port))) {
      if (child.exitCode !== null || Date.now() > deadline) {
        await stop();
        throw new Error(`${program} did not start: ${log.slice(-800)}`);
      }
      await sleep(20);
    }
  return { folder: folder.path, stop };
}

/** An authority, and one certificate of it that serves the gate as well as a client. */
function makeCertificates(folder: string): void {
  const at = (name: string): string => path.join(folder, name);
  const openssl = (...words: readonly string[]): void => {
    const { status, stderr } = spawnSync('openssl', words, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${words.join(' ')}: ${stderr}`);
  };
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  openssl(
    ...['req', '-x509', ...key, '-subj', '/CN=test authority'],
    ...['-keyout', at('ca.key'), '-out', at('ca.crt')],
  );
  openssl(
    ...['req', '-x509', ...key, '-subj', '/CN=localhost', '-CA', at('ca.crt'), '-CAkey'],
    ...[at('ca.key'), '-keyout', at('tls.key'), '-out', at('tls.crt')],
    ...['-addext', 'subjectAltName=DNS:localhost', '-addext', 'basicConstraints=CA:FALSE'],
  );
}

async function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
