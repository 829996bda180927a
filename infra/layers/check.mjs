/**
 * The layer check: every import follows the arrows of arrows.json, is declared in its package.json, reaches
 * another package only by its name (never into its files), and no circle of files exists. Exits with 1 and
 * one line a problem. `--root DIR` checks another tree (its test does).
 *
 * Tests (*.test.ts), files below a `testing` folder and the package `test` may besides import @tanxiao/test, and what
 * their package.json or the root's declares for development.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

import ts from 'typescript';

/** The jest setup runs before module names are mapped, so it reaches the launcher by its path. */
const BY_PATH = new Map([['test/src/support/global-setup.ts', 'infra/embedded']]);

export function findProblems(root) {
  const arrows = JSON.parse(readFileSync(join(root, 'infra/layers/arrows.json'), 'utf8'));
  const packages = Object.entries(arrows).map(([dir, allowed]) => {
    const manifest = JSON.parse(readFileSync(join(root, dir, 'package.json'), 'utf8'));
    const declared = { ...manifest.dependencies, ...manifest.optionalDependencies };
    const forTests = Object.keys(manifest.devDependencies ?? {});
    return { dir, allowed, name: manifest.name, declared: Object.keys(declared), forTests };
  });
  const rootManifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const forTests = Object.keys(rootManifest.devDependencies ?? {});
  const problems = [];
  const edges = new Map();
  for (const own of packages) {
    for (const file of sourceFiles(join(root, own.dir, 'src'))) {
      const path = relative(root, file).split(sep).join('/');
      const isTest = /\.test\.tsx?$|\/testing\/|\/support\//.test(path) || own.dir === 'test';
      const targets = [];
      for (const specifier of importsOf(file)) {
        const problem = specifier.startsWith('.')
          ? relativeImport(root, own, path, file, specifier, targets)
          : packageImport(packages, own, specifier, isTest, forTests);
        if (problem) problems.push(`${path}: ${problem}`);
      }
      edges.set(file, targets);
    }
  }
  for (const circle of circles(edges)) {
    problems.push(
      `a circle of imports: ${circle.map((f) => relative(root, f).split(sep).join('/')).join(' → ')}`,
    );
  }
  return problems;
}

function* sourceFiles(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sourceFiles(path);
    else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')) yield path;
  }
}

function importsOf(file) {
  return ts
    .preProcessFile(readFileSync(file, 'utf8'), true, true)
    .importedFiles.map((f) => f.fileName);
}

function relativeImport(root, own, path, file, specifier, targets) {
  const target = resolve(dirname(file), specifier);
  const inside = relative(join(root, own.dir), target);
  if (inside.startsWith('..')) {
    const exception = BY_PATH.get(path);
    if (exception && relative(join(root, exception), target).startsWith('..') === false)
      return null;
    return `reaches into another package by path: ${specifier}`;
  }
  const found = [`${target}.ts`, `${target}.tsx`, join(target, 'index.ts')].find((f) =>
    existsSync(f),
  );
  if (found) targets.push(found);
  return null;
}

function packageImport(packages, own, specifier, isTest, forTests) {
  if (specifier.startsWith('node:')) return null;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  const sibling = packages.find((p) => p.name === name);
  if (sibling) {
    const short = name.replace('@tanxiao/', '');
    if (specifier !== name) return `reaches into ${name}: import it by its name only`;
    if (isTest && (short === 'test' || own.dir === 'test')) return null;
    if (!own.allowed.includes('*') && !own.allowed.includes(short))
      return `${own.name} may not import ${name} (infra/layers/arrows.json)`;
  }
  if (own.declared.includes(name)) return null;
  if (isTest && (forTests.includes(name) || own.forTests.includes(name))) return null;
  return `${name} is not declared in ${own.dir}/package.json`;
}

/** Each circle once, as the files along it. */
function circles(edges) {
  const found = [];
  const state = new Map();
  const visit = (file, trail) => {
    state.set(file, 'open');
    for (const next of edges.get(file) ?? []) {
      if (state.get(next) === 'open') found.push([...trail.slice(trail.indexOf(next)), next]);
      else if (!state.has(next)) visit(next, [...trail, next]);
    }
    state.set(file, 'done');
  };
  for (const file of edges.keys()) if (!state.has(file)) visit(file, [file]);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const at = process.argv.indexOf('--root');
  const root =
    at === -1
      ? resolve(dirname(fileURLToPath(import.meta.url)), '..', '..')
      : resolve(process.argv[at + 1]);
  const problems = findProblems(root);
  for (const problem of problems) console.error(problem);
  console.log(
    problems.length === 0
      ? 'layers: every import follows the arrows'
      : `layers: ${problems.length} problems`,
  );
  process.exitCode = problems.length === 0 ? 0 : 1;
}
