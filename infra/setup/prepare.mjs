/**
 * Brings a fresh checkout to where it can run: Node new enough, dependencies installed, TypeScript
 * built. Each step does nothing when there is nothing to do. Only Node's own modules are used, as
 * nothing is installed yet, imported by their old names ('fs', not 'node:fs') and in old syntax, so
 * that even a Node 12 gets as far as saying that it is too old.
 */
import { spawn } from 'child_process';
import { createHash } from 'crypto';
import fs from 'fs';
import path from 'path';
import { fileURLToPath } from 'url';

import { withSetupLock } from './setup-lock.mjs';

export const REPOSITORY = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');
const OLDEST_NODE = [20, 11];

/** A failure with its sentence said; the caller prints the message and ends with code 1. */
export class SetupError extends Error {}

/**
 * @param {object} [options]
 * @param {boolean} [options.build] also build; default true
 * @param {string} [options.root] the checkout; default: the one this file lies in
 * @param {(line: string) => void} [options.say] receives the lines; default: standard output
 */
export async function prepare(options = {}) {
  const { build = true, root = REPOSITORY, say = (line) => console.log(line) } = options;
  checkNode(process.version);
  await withSetupLock(path.join(root, '.tanxiao', 'setup.lock'), { say }, async () => {
    if (!isInstalled(root))
      await step('安装依赖 / dependencies installed', say, () => install(root));
    if (build) await step('构建 / built', say, () => buildAll(root));
  });
}

/** @param {string} version such as 'v20.11.0' */
export function checkNode(version) {
  const [major, minor] = version.slice(1).split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  const oldest = OLDEST_NODE.join('.');
  throw new SetupError(
    `碳效需要 Node.js ${oldest} 或更新的版本，当前是 ${version}，请先升级。\n` +
      `Tanxiao needs Node.js ${oldest} or newer, this is ${version}: please upgrade it first.`,
  );
}

async function step(name, say, work) {
  const began = Date.now();
  await work();
  say(`${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

/** What the installed dependencies depend on. The ABI stands for Node: within one they all fit. */
function fingerprint(root) {
  const hash = createHash('sha256');
  hash.update(fs.readFileSync(lockOrManifest(root)));
  hash.update(`${process.versions.modules} ${process.platform} ${process.arch}`);
  return hash.digest('hex');
}

function lockOrManifest(root) {
  const lock = path.join(root, 'package-lock.json');
  return fs.existsSync(lock) ? lock : path.join(root, 'package.json');
}

function markerPath(root) {
  return path.join(root, 'node_modules', '.tanxiao-installed');
}

export function isInstalled(root) {
  const marker = markerPath(root);
  if (!fs.existsSync(marker)) return adoptInstallation(root);
  return fs.readFileSync(marker, 'utf8').trim() === fingerprint(root);
}

/**
 * Somebody ran npm by hand: its own record in node_modules then holds every required package in the
 * version of the lock file, and installing again would only cost time.
 */
function adoptInstallation(root) {
  const record = path.join(root, 'node_modules', '.package-lock.json');
  const lock = path.join(root, 'package-lock.json');
  if (!fs.existsSync(record) || !fs.existsSync(lock)) return false;
  const installed = JSON.parse(fs.readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(fs.readFileSync(lock, 'utf8')).packages;
  const complete = Object.keys(wanted).every((name) => {
    if (!name.includes('node_modules/')) return true;
    const there = installed[name];
    if (there === undefined) return isOptional(wanted[name]);
    return there.version === wanted[name].version && fs.existsSync(path.join(root, name));
  });
  if (complete) fs.writeFileSync(markerPath(root), `${fingerprint(root)}\n`);
  return complete;
}

/** Packages for other systems are in the lock file, too, and are rightly not installed. */
function isOptional(entry) {
  return Boolean(entry.optional || entry.devOptional || entry.peer) && !fitsHere(entry);
}

function fitsHere(entry) {
  const osFits = entry.os === undefined || entry.os.includes(process.platform);
  const cpuFits = entry.cpu === undefined || entry.cpu.includes(process.arch);
  const here = (entry.os !== undefined || entry.cpu !== undefined) && osFits && cpuFits;
  // Of two builds for the C libraries of Linux, npm takes one.
  return here && entry.libc === undefined;
}

async function install(root) {
  const command = fs.existsSync(path.join(root, 'package-lock.json')) ? 'ci' : 'install';
  // With NODE_ENV=production npm would leave out TypeScript; "optional" holds the database.
  const args = [command, '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const [program, ...before] = npmCommand();
  const result = await run(program, before.concat(args), root);
  if (result.code !== 0) {
    throw new SetupError(
      `${result.output}\n安装依赖失败（npm ${command}），原因见上。\n` +
        `Installing the dependencies (npm ${command}) failed, for the reason above.`,
    );
  }
  fs.mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  fs.writeFileSync(markerPath(root), `${fingerprint(root)}\n`);
}

/** npm as a script for this very Node: no shell, so blanks and Chinese in paths do no harm. */
function npmCommand() {
  const beside = path.dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath || '',
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  const script = candidates.find(
    (file) => path.basename(file) === 'npm-cli.js' && fs.existsSync(file),
  );
  return script === undefined ? ['npm'] : [process.execPath, script];
}

async function buildAll(root) {
  const compiler = path.join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const result = await run(process.execPath, [compiler, '-b'], root);
  if (result.code !== 0) {
    throw new SetupError(
      `${result.output}\n构建失败（tsc -b），原因见上。\nThe build (tsc -b) failed, for the reason above.`,
    );
  }
}

/** Runs a program to its end; its output is kept and shown only if it fails. */
function run(program, args, cwd) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks = [];
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.stderr.on('data', (chunk) => chunks.push(chunk));
    child.on('error', (error) => resolve({ code: 1, output: `${program}: ${error.message}` }));
    child.on('close', (code) => {
      resolve({ code: code === null ? 1 : code, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}
