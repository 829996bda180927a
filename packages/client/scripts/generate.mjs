/**
 * Writes src/generated/api.ts from the OpenAPI document.
 *
 *   node scripts/generate.mjs                     from the built API (`npx tsc -b services/api` first)
 *   node scripts/generate.mjs --print <file>      from a document in a file, to standard output
 *
 * The client does not depend on the API: only this script, and the test that compares, read it.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import openapiTS, { astToString } from 'openapi-typescript';

const HEADER =
  '/** Generated from the OpenAPI document by `npm run generate`; never edited by hand. */\n';
/** A field with a default may be left out of a request. */
const OPTIONS = { defaultNonNullable: false };
const here = path.dirname(fileURLToPath(import.meta.url));
const [print, file] = process.argv.slice(2);

const document = file ? await readFile(file, 'utf8') : await documentOfBuiltApi();
const text = HEADER + astToString(await openapiTS(JSON.parse(document), OPTIONS));
if (print === '--print') process.stdout.write(text);
else await writeFile(path.join(here, '..', 'src', 'generated', 'api.ts'), text);

function documentOfBuiltApi() {
  const require = createRequire(import.meta.url);
  const { openApiDocument } = require('../../../services/api/dist/index.js');
  return JSON.stringify(openApiDocument());
}
