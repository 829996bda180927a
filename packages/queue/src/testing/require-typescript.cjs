/** Preloaded (`node --require`) into a child process of a test: lets it run the sources without a build. */
'use strict';
const { existsSync } = require('node:fs');
const { Module } = require('node:module');
const { resolve } = require('node:path');

const { transformFileSync } = require('@swc/core');

const root = resolve(module.path, '../../../..');
const options = {
  jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};
require.extensions['.ts'] = (module, file) =>
  module._compile(transformFileSync(file, options).code, file);

// The packages' names lead to their sources, as Jest maps them.
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (name, ...rest) {
  const inner = /^@tanxiao\/([a-z]+)$/.exec(name)?.[1];
  const indexes = ['packages', 'services', 'infra'].map((folder) =>
    resolve(root, folder, inner ?? '', 'src/index.ts'),
  );
  const index = inner === undefined ? undefined : indexes.find((path) => existsSync(path));
  return index ?? resolveFilename.call(this, name, ...rest);
};
