/**
 * YAML text to a typed document. The text is untrusted: size, aliases and depth are bounded, and only plain
 * data comes out (YAML's core schema, no custom tags).
 */
import { createHash } from 'node:crypto';

import { isNode, LineCounter } from 'yaml';
import type { z } from 'zod';

import { type DocumentPath, ProblemList } from './problems';
import { readYaml } from './read-yaml';
import { addSchemaProblems } from './schema-problems';

const MAX_BYTES = 1_000_000;
/** An alias costs a few bytes and stands for a whole list: the schema must not walk fifty of a megabyte. */
const MAX_VALUES = 100_000;

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
  const reading = readYaml(text, lines.addNewLine);
  if (!reading.ok) {
    const here = new ProblemList(file, ([index]) => {
      const { line, col } = lines.linePos(reading.problems[Number(index)]!.offset);
      return { line: Math.max(1, line), column: Math.max(1, col) };
    });
    reading.problems.forEach(({ code, message }, index) => here.add([index], code, message));
    throw here.error();
  }
  const { document } = reading;
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
  let plain: unknown;
  try {
    plain = document.toJS({ maxAliasCount: 50 });
    if (hasMoreValuesThan(MAX_VALUES, plain))
      problems.add(
        [],
        'too-large',
        `a document has at most ${MAX_VALUES} values, aliases unfolded`,
      );
  } catch (error) {
    problems.add([], 'yaml', error instanceof Error ? error.message : String(error));
  }
  problems.throwIfAny();
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

/** Counts what aliases stand for once each time, as the schema will; a list within itself never ends. */
function hasMoreValuesThan(limit: number, plain: unknown): boolean {
  const open = [plain];
  for (let count = 1; open.length > 0; count++) {
    const value = open.pop();
    if (count + open.length > limit) return true;
    if (typeof value === 'object' && value !== null)
      for (const inner of Object.values(value)) open.push(inner);
  }
  return false;
}
