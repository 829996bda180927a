/** The generated types are those of the document as the API's sources make it today. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Of `services/api`, which lies outside of this project: the client never imports it. */
interface ApiModule {
  openApiDocument(): unknown;
}

it('src/generated/api.ts is what `npm run generate` would write', () => {
  const api = jest.requireActual<ApiModule>('../../../services/api/src/index');
  const folder = mkdtempSync(path.join(tmpdir(), 'openapi-'));
  try {
    const file = path.join(folder, 'openapi.json');
    writeFileSync(file, JSON.stringify(api.openApiDocument()));
    const script = path.join(__dirname, '..', 'scripts', 'generate.mjs');
    const run = spawnSync(process.execPath, [script, '--print', file], {
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    });
    expect(run.stderr).toBe('');
    const kept = readFileSync(path.join(__dirname, 'generated', 'api.ts'), 'utf8');
    expect(run.stdout === kept ? 'up to date' : 'stale: npm run generate -w packages/client').toBe(
      'up to date',
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
