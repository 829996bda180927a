/**
 * The rulebooks and factor sets of the data folder, parsed. Whoever changes a rule there may slip: every problem of
 * every file is told at once, with its line and column.
 */
import {
  documentNameProblem,
  type DocumentProblem,
  type FactorSet,
  parseFactorSet,
  parseRulebook,
  type Rulebook,
  RulebookError,
} from '@tanxiao/rulebook';

import { type DocumentFile, factorSetFiles, rulebookFiles } from './documents';

export interface ParsedDocuments {
  readonly rulebooks: readonly Rulebook[];
  readonly factorSets: readonly FactorSet[];
}

/** What ships in this package. @throws RulebookError with the problems of all files */
export function shippedDocuments(): ParsedDocuments {
  return parseDocuments({ rulebooks: rulebookFiles(), factorSets: factorSetFiles() });
}

/** @throws RulebookError with the problems of all files */
export function parseDocuments(files: {
  readonly rulebooks: readonly DocumentFile[];
  readonly factorSets: readonly DocumentFile[];
}): ParsedDocuments {
  const problems: DocumentProblem[] = [];
  const rulebooks = parseAll(files.rulebooks, parseRulebook, problems);
  const factorSets = parseAll(files.factorSets, parseFactorSet, problems);
  if (problems.length > 0) throw new RulebookError(problems);
  return { rulebooks, factorSets };
}

function parseAll<Document extends { readonly id: string; readonly version: string }>(
  files: readonly DocumentFile[],
  parse: (text: string, file: string) => Document,
  problems: DocumentProblem[],
): Document[] {
  return files.flatMap((file) => {
    try {
      const document = parse(file.text, file.path);
      const misnamed = documentNameProblem(file.path, file, document);
      if (misnamed === null) return [document];
      problems.push(misnamed);
    } catch (error) {
      if (!(error instanceof RulebookError)) throw error;
      problems.push(...error.problems);
    }
    return [];
  });
}
