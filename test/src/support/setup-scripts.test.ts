/** The promises of infra/setup, in a checkout of its own whose path has blanks and Chinese in it. */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { makeTempDir, type TempDir } from './temp-dir';

const run = promisify(execFile);
const SETUP = resolve(__dirname, '../../../infra/setup');

let outer: TempDir;
let root: string;

beforeEach(async () => {
  outer = await makeTempDir('setup');
  root = join(outer.path, '碳效 checkout');
  mkdirSync(root);
  cpSync(SETUP, join(root, 'infra', 'setup'), { recursive: true });
  const manifest = { name: 'made', version: '1.0.0', private: true };
  writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
  const lock = { ...manifest, lockfileVersion: 3, packages: { '': manifest } };
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock));
});

afterEach(() => outer.remove());

/** Runs JavaScript that has `prepare`, `checkNode` and `runNode`, from another current folder. */
async function script(body: string): Promise<{ stdout: string; stderr: string }> {
  const file = join(root, 'infra', 'setup', 'run.mjs');
  const imports = `import { prepare, checkNode } from './prepare.mjs'; import { runNode } from './run-child.mjs';`;
  writeFileSync(file, `${imports}\n${body}`);
  return run(process.execPath, [file], { cwd: '/' });
}

test('dependencies are installed once, and again only when the lock file changes', async () => {
  const prepare = 'await prepare({ build: false });';
  expect((await script(prepare)).stdout).toMatch(/^安装依赖 .* \(\d+\.\d s\)\n$/);
  expect((await script(prepare)).stdout).toBe('');
  const lock = join(root, 'package-lock.json');
  writeFileSync(lock, `${readFileSync(lock, 'utf8')}\n`);
  expect((await script(prepare)).stdout).toMatch(/安装依赖/);
  expect(existsSync(join(root, '.tanxiao', 'setup.lock'))).toBe(false);
});

test('two at once: one installs, the other waits and finds all done', async () => {
  const both = await Promise.all(
    ['a', 'b'].map(async (name) => {
      const file = join(root, 'infra', 'setup', `${name}.mjs`);
      writeFileSync(
        file,
        `import { prepare } from './prepare.mjs'; await prepare({ build: false });`,
      );
      return (await run(process.execPath, [file], { cwd: '/' })).stdout;
    }),
  );
  expect(both.filter((text) => text.includes('安装依赖'))).toHaveLength(1);
});

test('the lock of a killed setup, its pid in use again, holds nobody up for good', async () => {
  const lock = join(root, '.tanxiao', 'setup.lock');
  mkdirSync(join(root, '.tanxiao'));
  writeFileSync(lock, `${process.pid} somebody`);
  const longAgo = new Date(Date.now() - 60_000);
  utimesSync(lock, longAgo, longAgo);
  expect((await script('await prepare({ build: false });')).stdout).toMatch(/安装依赖/);
});

test('a Node that is too old is told so in both languages', async () => {
  const { stdout } = await script(`
    for (const version of ['v18.20.4', 'v20.10.0', 'v20.11.0', 'v22.1.0']) {
      try { checkNode(version); console.log(version, 'fits'); } catch (error) { console.log(error.message); }
    }`);
  expect(stdout).toMatch(/当前是 v18\.20\.4.*\n.*this is v18\.20\.4/);
  expect(stdout).toMatch(/this is v20\.10\.0/);
  expect(stdout).toMatch(/v20\.11\.0 fits\nv22\.1\.0 fits/);
});

test('a failed build shows what the compiler said, then the sentence', async () => {
  await script('await prepare({ build: false });');
  const compiler = join(root, 'node_modules', 'typescript', 'bin');
  mkdirSync(compiler, { recursive: true });
  writeFileSync(join(compiler, 'tsc'), `console.log('made.ts(1,1): error TS1'); process.exit(2);`);
  const { stdout } = await script(`
    await prepare({}).catch((error) => console.log(error.constructor.name, error.message));`);
  expect(stdout).toMatch(
    /SetupError made\.ts\(1,1\): error TS1[^]*构建失败[^]*The build \(tsc -b\) failed/,
  );
});

test('the exit code of the script, or 128 + the signal that ended it, is passed on', async () => {
  const { stdout } = await script(`
    console.log(await runNode(['-e', 'process.exit(7)']));
    console.log(await runNode(['-e', 'process.kill(process.pid, "SIGTERM"); setInterval(() => {}, 9)']));`);
  expect(stdout).toBe('7\n143\n');
});

test('the wrapper outlives its child, and passes on one of two Ctrl-C in quick succession', async () => {
  const { stdout } = await script(`
    const child = "let n = 0; process.on('SIGINT', () => { n += 1; if (n === 1) setTimeout(() => { console.log('seen', n); process.exit(0); }, 400); }); setTimeout(() => {}, 9000); console.log('up')";
    setTimeout(() => process.kill(process.pid, 'SIGINT'), 600);
    setTimeout(() => process.kill(process.pid, 'SIGINT'), 620);
    console.log('code', await runNode(['-e', child]));`);
  expect(stdout).toBe('up\nseen 1\ncode 0\n');
});
