import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { TanxiaoClient } from '@tanxiao/client';

import { cityFiles } from './city';
import { loadCityModel } from './city-model';
import { demonstrate, DemonstrationError } from './demonstrate';
import type { QuarterResult } from './quarter-result';

/**
 * What the API would answer, from memory. That the demonstration works against the real API and worker is
 * tested where those run (test/); here it is tested what it sends, waits for and says.
 */
class ScriptedServer {
  readonly sent: { method: string; address: string; key: string | null }[] = [];
  private readonly uploads = new Map<string, string>();
  private readonly asked = new Map<string, number>();
  readonly published = new Set<string>();

  constructor(private readonly endings: { upload?: string; run?: string } = {}) {}

  readonly fetch: typeof fetch = async (input, init = {}) => {
    const url = new URL(input);
    const method = init.method ?? 'GET';
    const key = new Headers(init.headers).get('idempotency-key');
    this.sent.push({ method, address: url.pathname + url.search, key });
    if (init.body instanceof ReadableStream) await new Response(init.body).arrayBuffer();
    return Response.json(this.answer(method, url.pathname, key));
  };

  private answer(method: string, pathname: string, key: string | null): unknown {
    const [, , resource, id, action] = pathname.split('/');
    if (method === 'POST' && action === 'publish') {
      this.published.add(id!);
      return this.run(id!);
    }
    if (method === 'POST') {
      const known = this.uploads.get(key!) ?? `id-${this.uploads.size + 1}`;
      this.uploads.set(key!, known);
      return { id: known };
    }
    const times = (this.asked.get(id!) ?? 0) + 1;
    this.asked.set(id!, times);
    return resource === 'uploads' ? this.upload(id!, times) : this.run(id!);
  }

  private upload(id: string, times: number): unknown {
    const done = times > 2;
    return {
      id,
      state: done ? (this.endings.upload ?? 'done') : 'importing',
      rows: { read: 100, accepted: 90, rejected: 10, rated: done ? 90 : 40, failed: 0 },
      problem: this.endings.upload ? { code: 'x', zh: '读不懂', en: 'unreadable' } : null,
    };
  }

  private run(id: string): unknown {
    return {
      id,
      state: this.published.has(id) ? 'published' : (this.endings.run ?? 'ranked'),
      subjects: { total: 90, done: 90, rated: 88, notRated: 2 },
      failure: this.endings.run ? 'out of disk' : null,
    };
  }
}

const [file] = cityFiles({ ...loadCityModel(), enterprises: 50 });
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tanxiao-demo-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function demonstrateOn(server: ScriptedServer, said: string[] = []): Promise<QuarterResult[]> {
  const client = new TanxiaoClient({ baseUrl: 'http://127.0.0.1:1', fetch: server.fetch });
  return demonstrate({
    ...{ client, folder, rulebook: 'industrial-carbon-efficiency', files: [file!], pollMs: 1 },
    say: (line) => said.push(line),
  });
}

it('leaves the file in the folder as it was uploaded', async () => {
  await demonstrateOn(new ScriptedServer());
  expect(readFileSync(path.join(folder, 'demo-2025Q4.csv'))).toEqual(file!.bytes);
});

it('uploads with partial=true, waits, creates the period’s run and publishes it', async () => {
  const server = new ScriptedServer();
  const [result] = await demonstrateOn(server);
  expect(result).toMatchObject({ period: '2025Q4', run: { state: 'published' } });
  const posts = server.sent.filter(({ method }) => method === 'POST');
  expect(posts.map(({ address }) => address)).toEqual([
    expect.stringMatching(/^\/v1\/uploads\?.*partial=true/),
    '/v1/runs',
    expect.stringMatching(/^\/v1\/runs\/[^/]+\/publish$/),
  ]);
});

it('sends the same keys the second time, and does not publish what is published', async () => {
  const server = new ScriptedServer();
  await demonstrateOn(server);
  await demonstrateOn(server);
  const posts = server.sent.filter(({ method }) => method === 'POST');
  expect(posts).toHaveLength(5);
  expect(posts.slice(3).map(({ key }) => key)).toEqual(posts.slice(0, 2).map(({ key }) => key));
});

it('says each change once', async () => {
  const said: string[] = [];
  await demonstrateOn(new ScriptedServer(), said);
  expect(said).toEqual([
    expect.stringMatching(/^2025Q4 导入中 importing: 读取 read 100, .*with a rating 40$/),
    expect.stringMatching(/^2025Q4 已导入 done: .*rejected 10, .*with a rating 90$/),
    expect.stringMatching(/^2025Q4 已排名 run ranked: 90\/90/),
    expect.stringMatching(/^2025Q4 已发布 run published: 90\/90/),
  ]);
});

it('an upload that cannot be read, or a run that fails, ends it with the reason', async () => {
  const unreadable = demonstrateOn(new ScriptedServer({ upload: 'unreadable' }));
  await expect(unreadable).rejects.toThrow(
    new DemonstrationError('demo-2025Q4.csv: 读不懂 unreadable'),
  );
  const failed = demonstrateOn(new ScriptedServer({ run: 'failed' }));
  await expect(failed).rejects.toThrow(new DemonstrationError('2025Q4: out of disk'));
});
