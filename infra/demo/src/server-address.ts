/** Where the running server is: TANXIAO_URL, or the file that the embedded runtime keeps while it runs. */
import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { Bilingual } from '@tanxiao/contracts';

/** The same from src/ and from dist/. */
export const REPOSITORY = path.resolve(__dirname, '../../..');
/** Left by `npm start` in its data folder, removed when it ends: {"url": "http://127.0.0.1:…", "pid": …}. */
const SERVER_FILE = 'server.json';

/** The data folder of `npm start`, by the same setting: TANXIAO_DATA, else `.tanxiao` in the checkout. */
export function dataFolder(
  environment: Readonly<Record<string, string | undefined>>,
  repository: string = REPOSITORY,
): string {
  const given = environment.TANXIAO_DATA?.trim() ?? '';
  return path.resolve(given === '' ? path.join(repository, '.tanxiao') : given);
}

export type ServerAddress =
  { readonly ok: true; readonly url: string } | { readonly ok: false; readonly message: Bilingual };

const NOT_RUNNING: ServerAddress = {
  ok: false,
  message: {
    zh: '没有正在运行的服务：请先在另一个终端运行 npm start，再运行 npm run demo（或以 TANXIAO_URL 指明地址）。',
    en: 'No server is running: first run npm start in another terminal, then npm run demo (or name the address in TANXIAO_URL).',
  },
};

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, under another account.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

interface ServerFile {
  readonly url: string;
  readonly pid: number;
}

function readServerFile(folder: string): ServerFile | null {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path.join(folder, SERVER_FILE), 'utf8'));
  } catch (error) {
    // No file: no server. Half a file: it is being written or a crash left it; either way no address.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError)
      return null;
    throw error;
  }
  if (typeof content !== 'object' || content === null) return null;
  const { url, pid } = content as Partial<Record<keyof ServerFile, unknown>>;
  return typeof url === 'string' && typeof pid === 'number' ? { url, pid } : null;
}

export function findServer(
  environment: Readonly<Record<string, string | undefined>>,
  repository: string = REPOSITORY,
): ServerAddress {
  const given = environment.TANXIAO_URL ?? '';
  if (given !== '') {
    if (URL.canParse(given) && /^https?:$/.test(new URL(given).protocol))
      return { ok: true, url: given.replace(/\/+$/, '') };
    return {
      ok: false,
      message: {
        zh: `TANXIAO_URL 不是网址：“${given}”，应如 http://127.0.0.1:3000。`,
        en: `TANXIAO_URL is no address: "${given}"; write for example http://127.0.0.1:3000.`,
      },
    };
  }
  const file = readServerFile(dataFolder(environment, repository));
  if (file === null || !isRunning(file.pid)) return NOT_RUNNING;
  return { ok: true, url: file.url.replace(/\/+$/, '') };
}
