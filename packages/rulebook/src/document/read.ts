/**
 * YAML text to a typed document. The text is untrusted: size, aliases and depth are bounded, and only plain
 * data comes out (YAML's core schema, no custom tags).
 */
import { createHash } from 'node:crypto';

import { type Document, isNode, LineCounter } from 'yaml';
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
  if (Buffer.byteLength(text) > MAX_BYTES) {
    const problems = new ProblemList(file, () => ({ line: 1, column: 1 }));
    problems.add([], 'too-large', `a document has at most ${MAX_BYTES} bytes`);
    problems.throwIfAny();
  }
  const nodes = new Nodes(text, file);
  const problems = new ProblemList(file, (path) => nodes.placeOf(path));
  let plain: unknown;
  try {
    plain = nodes.document.toJS({ maxAliasCount: 50 });
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
  nodes.forget();
  return {
    data: parsed.data as z.infer<S>,
    hash: createHash('sha256').update(text).digest('hex'),
    problems,
  };
}

interface LocatedYaml {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/**
 * A text's YAML nodes, which say where its keys stand. They take ten times as much as the text, and a document that is
 * right hardly ever has to say so: they can be forgotten, and are made again when they are asked for.
 */
class Nodes {
  private known: LocatedYaml | null;

  /** @throws RulebookError for text that is no YAML */
  constructor(
    private readonly text: string,
    private readonly file: string,
  ) {
    this.known = this.read();
  }

  get document(): Document.Parsed {
    return this.located.document;
  }

  placeOf(path: DocumentPath): { line: number; column: number } {
    const { document, lines } = this.located;
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) {
        const { line, col } = lines.linePos(node.range[0]);
        return { line, column: col };
      }
    }
    return { line: 1, column: 1 };
  }

  forget(): void {
    this.known = null;
  }

  private get located(): LocatedYaml {
    return (this.known ??= this.read());
  }

  private read(): LocatedYaml {
    const lines = new LineCounter();
    const reading = readYaml(this.text, lines.addNewLine);
    if (reading.ok) return { document: reading.document, lines };
    const here = new ProblemList(this.file, ([index]) => {
      const { line, col } = lines.linePos(reading.problems[Number(index)]!.offset);
      return { line: Math.max(1, line), column: Math.max(1, col) };
    });
    reading.problems.forEach(({ code, message }, index) => here.add([index], code, message));
    throw here.error();
  }
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
