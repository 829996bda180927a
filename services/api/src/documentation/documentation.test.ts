import { createApp } from '../app';
import { routes } from '../routes';
import { type ApiUnderTest, startApi } from '../testing/api-under-test';
import { openApiDocument } from './document';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
}

/** `get /v1/runs/{id}` for everything Express itself would answer. */
function servedRoutes(): string[] {
  const app = createApp(api as unknown as Parameters<typeof createApp>[0]) as unknown as {
    router: { stack: readonly Layer[] };
  };
  return app.router.stack.flatMap(({ route }) =>
    // `all` is the answer to wrong methods.
    route && Object.keys(route.methods).length === 1
      ? Object.keys(route.methods).map(
          (method) => `${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`,
        )
      : [],
  );
}

describe('the OpenAPI document', () => {
  it('names every route that is served, and no other', () => {
    const documented = Object.entries(openApiDocument().paths ?? {}).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path}`),
    );
    expect(documented.sort()).toEqual(servedRoutes().sort());
    expect(documented).toHaveLength(routes.length);
  });

  it('every operation has an id of its own, a summary and problem answers', () => {
    const ids = routes.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const item of Object.values(openApiDocument().paths ?? {}))
      for (const operation of Object.values(item) as { responses: object; summary: string }[]) {
        expect(operation.summary).not.toBe('');
        expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['400', '500']));
      }
  });

  it('every reference leads somewhere, and a nullable one admits null', () => {
    const text = JSON.stringify(openApiDocument());
    const schemas = Object.keys(openApiDocument().components?.schemas ?? {});
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(schemas).toContain(name);
    expect(text).not.toContain('allOf');
  });

  it('is served, and again only when it changed', async () => {
    const first = await api.ask<{ openapi: string }>('/openapi.json');
    expect(first.body.openapi).toBe('3.1.0');
    const again = await api.ask('/openapi.json', {
      headers: { 'if-none-match': first.headers.get('etag')!, 'cache-control': 'max-age=0' },
    });
    expect(again.status).toBe(304);
  });
});

describe('the reference page', () => {
  it('loads nothing from outside and no inline script', async () => {
    const page = await api.ask<string>('/docs');
    expect(page.headers.get('content-security-policy')).toMatch(
      /default-src 'none';script-src 'self'/,
    );
    expect(page.body).not.toMatch(/https?:|<script>/);
    for (const [, file] of page.body.matchAll(/(?:src|href)="([^"]+)"/g))
      expect((await api.ask(file!)).status).toBe(200);
  });

  it.each(['package.json', 'index.js', '..%2f..%2fpackage.json', '__proto__'])(
    'no other file of the package is served: %s',
    async (file) => {
      expect((await api.ask(`/docs/${file}`)).status).toBe(404);
    },
  );

  it('the index leads there, as a page for a browser and as JSON for a program', async () => {
    expect((await api.ask<{ links: { docs: string } }>('/')).body.links.docs).toBe('/docs');
    const page = await api.ask<string>('/', { headers: { accept: 'text/html,*/*;q=0.8' } });
    expect(page.body).toContain('href="/docs"');
  });
});
