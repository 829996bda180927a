/**
 * YAML text to a typed document. The text is untrusted: size, aliases and depth are bounded, and only plain
 * data comes out (YAML's core schema, no custom tags).
 */
import { createHash } from 'node:crypto';

import { isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

import { type DocumentPath, ProblemList } from './problems';
import { addSchemaProblems } from './schema-problems';

const MAX_BYTES = 1_000_000;

export interface ReadDocument<T> {
  readonly data: T;
  /** SHA-256 of the text, hex: names this content for ever. */
  readonly hash: string;
  readonly problems: ProblemList;
}

/** @throws RulebookError for text that is no YAML or does not fit the schema */
export function readDocument<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
): ReadDocument<z.infer<S>> {
  const lines = new LineCounter();
  if (Buffer.byteLength(text) > MAX_BYTES) {
    const problems = new ProblemList(file, () => ({ line: 1, column: 1 }));
    problems.add([], 'too-large', `a document has at most ${MAX_BYTES} bytes`);
    problems.throwIfAny();
  }
  const document = parseDocument(text, {
    lineCounter: lines,
    version: '1.2',
    schema: 'core',
    uniqueKeys: true,
    customTags: [],
  });
  const locate = (path: DocumentPath): { line: number; column: number } => {
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line, col } = lines.linePos(node.range[0]);
        return { line, column: col };
      }
    }
    return { line: 1, column: 1 };
  };
  const problems = new ProblemList(file, locate);
  const errors = [...document.errors, ...document.warnings];
  const syntax = new ProblemList(file, ([index]) => {
    const at = errors[Number(index)]?.linePos?.[0];
    return { line: at?.line ?? 1, column: at?.col ?? 1 };
  });
  errors.forEach((error, index) =>
    syntax.add([index], 'yaml', error.message.split('\n')[0] ?? error.code),
  );
  syntax.throwIfAny();
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    problems.add([], 'yaml', error instanceof Error ? error.message : String(error));
    problems.throwIfAny();
  }
  const parsed = schema.safeParse(plain);
  if (!parsed.success) {
    addSchemaProblems(problems, parsed.error.issues, { schema, data: plain });
    problems.throwIfAny();
  }
  return {
    data: parsed.data as z.infer<S>,
    hash: createHash('sha256').update(text).digest('hex'),
    problems,
  };
}
