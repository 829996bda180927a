/** A file is named after the document in it: the name is what people see in a listing or a diff. */
import type { DocumentProblem } from './problems';

interface IdAndVersion {
  readonly id: string;
  readonly version: string;
}

/** Null where the file's name promises the document that it holds. */
export function documentNameProblem(
  file: string,
  promised: IdAndVersion,
  found: IdAndVersion,
): DocumentProblem | null {
  if (promised.id === found.id && promised.version === found.version) return null;
  const named = `${promised.id}-${promised.version}.yaml`;
  return {
    ...{ file, line: 1, column: 1, code: 'document-name', suggestion: null },
    message: `the file is named ${named}, the document in it is ${found.id} ${found.version}`,
  };
}
