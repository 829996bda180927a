import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { findServer } from './server-address';

let repository: string;

beforeEach(() => {
  repository = mkdtempSync(path.join(tmpdir(), 'tanxiao-demo-'));
  mkdirSync(path.join(repository, '.tanxiao'));
});

afterEach(() => {
  rmSync(repository, { recursive: true });
});

function leaveServerFile(content: string): void {
  writeFileSync(path.join(repository, '.tanxiao/server.json'), content);
}

it('the environment’s address comes first', () => {
  leaveServerFile(JSON.stringify({ url: 'http://127.0.0.1:1', pid: process.pid }));
  expect(findServer({ TANXIAO_URL: 'http://127.0.0.1:2/' }, repository)).toEqual({
    ok: true,
    url: 'http://127.0.0.1:2',
  });
});

it('a running server is found by the file it left', () => {
  leaveServerFile(JSON.stringify({ url: 'http://127.0.0.1:1/', pid: process.pid }));
  expect(findServer({}, repository)).toEqual({ ok: true, url: 'http://127.0.0.1:1' });
});

it('a server with a data folder of its own is found by the same setting', () => {
  const folder = path.join(repository, 'elsewhere');
  mkdirSync(folder);
  const content = JSON.stringify({ url: 'http://127.0.0.1:3', pid: process.pid });
  writeFileSync(path.join(folder, 'server.json'), content);
  expect(findServer({ TANXIAO_DATA: folder }, repository)).toEqual({
    ok: true,
    url: 'http://127.0.0.1:3',
  });
  expect(findServer({}, repository).ok).toBe(false);
});

it.each([
  ['no file', null],
  [
    'a file of a server that is gone',
    JSON.stringify({ url: 'http://127.0.0.1:1', pid: 2 ** 22 + 1 }),
  ],
  ['half a file', '{"url": "http'],
  ['another file', '[]'],
])('%s: it says to run npm start first, in both languages', (_, content) => {
  if (content !== null) leaveServerFile(content);
  const found = findServer({}, repository);
  expect(found.ok || found.message).toMatchObject({
    zh: expect.stringContaining('请先在另一个终端运行 npm start') as string,
    en: expect.stringContaining('first run npm start in another terminal') as string,
  });
});

it('an address that is none is quoted back', () => {
  const found = findServer({ TANXIAO_URL: 'localhost:3000' }, repository);
  expect(found.ok || found.message.en).toContain('"localhost:3000"');
});
