import type { RulebookError } from '@tanxiao/rulebook';

import { StandardsDataError } from './data-error';
import { dataProblem } from './data-problem';
import { type DocumentFile, factorSetFiles, rulebookFiles } from './documents';
import { parseDocuments } from './parse-documents';
import { standardsOf } from './standards';
import { YamlFields } from './yaml-fields';

const rulebooks = rulebookFiles();
const factorSets = factorSetFiles();

function errorOf(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return null;
}

function changed(
  files: readonly DocumentFile[],
  index: number,
  change: Partial<DocumentFile>,
): DocumentFile[] {
  return files.map((file, i) => (i === index ? { ...file, ...change } : file));
}

test('problems of several files are told together, each with its file, line and column', () => {
  const broken = changed(rulebooks, 0, { text: `${rulebooks[0]!.text}\nsources: [ }\n` });
  const error = errorOf(() =>
    parseDocuments({
      rulebooks: changed(broken, 1, { text: 'rulebook: x\n' }),
      factorSets,
    }),
  );
  const { problems } = error as RulebookError;
  expect(new Set(problems.map(({ file }) => file))).toEqual(
    new Set([rulebooks[0]!.path, rulebooks[1]!.path]),
  );
  const words = dataProblem(error)!;
  const { line, column } = problems[0]!;
  expect(words.en).toContain(`${rulebooks[0]!.path}:${line}:${column} yaml: not valid YAML`);
  expect(words.zh.split('\n')).toHaveLength(problems.length);
});

test('a file that is named after another version is refused', () => {
  const error = errorOf(() =>
    parseDocuments({ rulebooks: changed(rulebooks, 0, { version: '9.9.9' }), factorSets }),
  );
  expect((error as RulebookError).problems.map(({ code }) => code)).toEqual(['document-name']);
});

test('a factor set that is not there, and a data file that is no YAML, are sentences as well; a defect is not', () => {
  const documents = parseDocuments({ rulebooks, factorSets });
  const missing = dataProblem(errorOf(() => standardsOf(documents.rulebooks, [])));
  expect(missing?.zh).toContain('没有载入');
  expect(missing?.en).toContain('is not loaded: add that factor set');
  const fields = errorOf(() => YamlFields.parse('x.yaml', 'a: 1\nb: [ }\n'));
  expect(fields).toBeInstanceOf(StandardsDataError);
  expect(dataProblem(fields)?.en).toContain('x.yaml, 2:');
  expect(dataProblem(new TypeError('x'))).toBeNull();
});
