import { openSheet } from '@tanxiao/forms';

import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { RULEBOOK } from '../testing/sample-submissions';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe('rulebooks and factor sets', () => {
  it('every number comes with a source that is listed and a status', async () => {
    const { body } = await api.ask<{
      sources: Record<string, unknown>;
      numbers: { source: string; status: string }[];
    }>(`/v1/rulebooks/${RULEBOOK}`);
    expect(body.numbers.length).toBeGreaterThan(0);
    for (const { source, status } of body.numbers) {
      expect(Object.keys(body.sources)).toContain(source);
      expect(['official', 'reported', 'assumed']).toContain(status);
    }
  });

  it('all that are listed can be read, and are the documents this process rates by', async () => {
    for (const kind of ['rulebooks', 'factor-sets']) {
      const { body } = await api.ask<{ items: { hash: string; links: { self: string } }[] }>(
        `/v1/${kind}`,
      );
      expect(body.items.length).toBeGreaterThan(0);
      for (const { hash, links } of body.items)
        expect((await api.ask<{ hash: string }>(links.self)).body.hash).toBe(hash);
    }
  });

  it('a rulebook is sent again only when it changed', async () => {
    const first = await fetch(`${api.url}/v1/rulebooks/${RULEBOOK}`);
    const again = await fetch(`${api.url}/v1/rulebooks/${RULEBOOK}`, {
      headers: { 'if-none-match': first.headers.get('etag')!, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });

  it.each(['csv', 'xlsx'] as const)(
    'the %s template is a file that this API reads',
    async (format) => {
      const response = await fetch(
        `${api.url}/v1/rulebooks/${RULEBOOK}/template?format=${format}&language=en`,
      );
      expect(response.status).toBe(200);
      const bytes = Buffer.from(await response.arrayBuffer());
      const sheet = await openSheet(
        (async function* () {
          yield await Promise.resolve(bytes);
        })(),
        format,
      );
      const cells: string[] = [];
      for await (const records of sheet.records()) cells.push(...records.flatMap((r) => r.cells));
      expect(cells).toContain('uscc');
      await sheet.close();
    },
  );

  it('the template is of the version in force today, or in the period named; a fallback says so', async () => {
    const headersOf = async (query: string) => {
      const { headers } = await fetch(`${api.url}/v1/rulebooks/${query}`);
      return [headers.get('rulebook-version'), headers.get('rulebook-in-force')];
    };
    expect(await headersOf('gbt-36132/template?format=csv')).toEqual(['2025.0.0', 'true']);
    expect(await headersOf('gbt-36132/template?format=csv&period=2025Q3')).toEqual([
      '2018.0.0',
      'true',
    ]);
    expect(await headersOf('gbt-36132/template?format=csv&version=2018.0.0')).toEqual([
      '2018.0.0',
      'false',
    ]);
    expect(await headersOf('db33t-1347/template?format=csv')).toEqual(['1.0.0', 'false']);
  });

  it('a rulebook is the version in force today, or in the period named', async () => {
    const versionOf = async (query: string) =>
      ((await api.ask(`/v1/rulebooks/${query}`)).body as { version: string }).version;
    expect(await versionOf('gbt-36132')).toBe('2025.0.0');
    expect(await versionOf('gbt-36132?period=2025Q3')).toBe('2018.0.0');
    expect(await versionOf('gbt-36132?version=2018.0.0')).toBe('2018.0.0');
  });

  it('a rulebook or template of a period without a version in force, or of period and version, is refused', async () => {
    for (const query of [
      'db33t-1347/template?period=2026Q3',
      'db33t-1347?period=2026Q3',
      `${RULEBOOK}?version=1.0.0&period=2026Q3`,
      `${RULEBOOK}/template?version=1.0.0&period=2026Q3`,
    ])
      expect((await api.ask(`/v1/rulebooks/${query}`)).status).toBe(400);
  });

  it.each([
    `/v1/rulebooks/nope`,
    `/v1/rulebooks/${RULEBOOK}?version=9.9.9`,
    '/v1/factor-sets/nope',
  ])('%s is not found', async (path) => {
    expect((await api.ask(path)).status).toBe(404);
  });
});
