/** Programs of the machine that tests start: where they are, and a free port for them. */
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';

/** Debian keeps servers in folders that an ordinary user's PATH lacks. */
const SERVER_FOLDERS = ['/usr/sbin', '/sbin'];
const told = new Set<string>();

export function findOnPath(program: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return (
    [...folders, ...SERVER_FOLDERS]
      .map((folder) => join(folder, program))
      .find((path) => existsSync(path)) ?? null
  );
}

/** As {@link findOnPath}; where there is none, says once that its tests are skipped. */
export function findForTests(program: string): string | null {
  const found = findOnPath(program);
  if (found === null && !told.has(program)) {
    told.add(program);
    process.stderr.write(
      `未找到 ${program}，相关测试跳过。There is no ${program} on PATH: its tests are skipped.\n`,
    );
  }
  return found;
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('a listening TCP socket has no port'));
      });
    });
  });
}
