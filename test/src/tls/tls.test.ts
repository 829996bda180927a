/** PostgreSQL beyond a network that one does not trust: what goes over bare sockets goes over TLS, too. */
import { spawnSync } from 'node:child_process';
import { chmod, chown, stat } from 'node:fs/promises';
import path from 'node:path';

import { type EmbeddedPostgres, startEmbeddedPostgres } from '@tanxiao/embedded';
import {
  BinaryRowReader,
  BinaryRowWriter,
  copyOut,
  copyRows,
  createPool,
  inTransaction,
} from '@tanxiao/store';

import { findForTests, makeTempDir, type TempDir } from '../support';

jest.setTimeout(60_000);

const openssl = findForTests('openssl');
const withOpenssl = openssl === null ? describe.skip : describe;

withOpenssl('a PostgreSQL with TLS', () => {
  let folder: TempDir;
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    folder = await makeTempDir('tls');
    await chmod(folder.path, 0o711);
    const options = { dataDir: path.join(folder.path, 'data'), durability: 'throwaway' } as const;
    const bare = await startEmbeddedPostgres(options);
    await makeCertificate(path.join(bare.dataDir, 'cluster'));
    const pool = createPool({ connectionString: bare.url, max: 1 });
    await pool.query('ALTER SYSTEM SET ssl = on');
    await pool.end();
    await bare.stop();
    server = await startEmbeddedPostgres(options);
  });
  afterAll(async () => {
    await server.stop();
    await folder.remove();
  });

  it.each([
    ['no-verify', true],
    ['disable', false],
  ])('copies and queries take turns, sslmode=%s', async (sslmode, encrypted) => {
    const pool = createPool({ connectionString: `${server.url}?sslmode=${sslmode}`, max: 1 });
    try {
      await inTransaction(pool, async (tx) => {
        const { rows } = await tx.query<{ ssl: boolean }>(
          'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()',
        );
        expect(rows).toEqual([{ ssl: encrypted }]);
        await tx.query('CREATE TEMP TABLE copied (n int, bytes bytea)');
        const written = new BinaryRowWriter(0);
        for (let n = 0; n < 40; n++) {
          written.row(2, 8);
          written.int4(n);
          written.blob(Buffer.alloc(100_000, n));
        }
        await copyRows(tx, 'copied (n, bytes)', written);
        for (let turn = 0; turn < 2; turn++) {
          await copyOut(tx, 'SELECT n, bytes FROM copied ORDER BY n', (bytes) => {
            const read = new BinaryRowReader(bytes);
            for (let n = 0; n < 40; n++) {
              expect(read.next(2)).toBe(true);
              expect(read.int()).toBe(n);
              expect(read.blob()!.equals(Buffer.alloc(100_000, n))).toBe(true);
            }
            expect(read.next(2)).toBe(false);
          });
          const counted = await tx.query<{ n: number }>('SELECT count(*)::int AS n FROM copied');
          expect(counted.rows).toEqual([{ n: 40 }]);
        }
      });
    } finally {
      await pool.end();
    }
  });
});

/** As PostgreSQL looks for them where no other names are set; its account alone may read the key. */
async function makeCertificate(cluster: string): Promise<void> {
  const [key, certificate] = ['server.key', 'server.crt'].map((name) => path.join(cluster, name));
  const { status, stderr } = spawnSync(
    openssl!,
    [
      ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'],
      ...['-keyout', key!, '-out', certificate!],
    ],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`openssl: ${stderr}`);
  const { uid, gid } = await stat(cluster);
  await chmod(key!, 0o600);
  for (const file of [key!, certificate!]) await chown(file, uid, gid);
}
