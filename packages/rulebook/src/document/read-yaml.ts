/**
 * Untrusted text to a YAML document, in bounded time and memory. The yaml package composes recursively, compares
 * each key of a map with all others, and draws a code frame for every error: 40 KB of brackets ended the whole
 * process (a stack overflow within the regular-expression compiler cannot be caught), 200 KB of distinct keys
 * took 8 s and of wrong escapes 22 s. So tokens and nesting are counted while they are read, before anything is
 * composed; keys are compared by a set; errors are drawn by nobody.
 */
import { Composer, CST, type Document, isNode, isScalar, Lexer, Parser, visit } from 'yaml';

/** The largest document that ships, a factor set of 1,000 lines, has 23,000. Each costs about 1 KB. */
const MAX_TOKENS = 100_000;
/** A rulebook nests at most nine deep. The parser's stack has about two entries a level. */
const MAX_DEPTH = 100;

/** Also in a comment: the whole text is kept in PostgreSQL, and its hash is of UTF-8. */
const NO_TEXT = /[\0\p{Cs}]/u;

/** Why a text is no usable YAML; `offset` counts characters from its begin. */
export interface YamlProblem {
  readonly code: 'yaml' | 'too-large' | 'too-deep';
  readonly message: string;
  readonly offset: number;
}

export type YamlReading =
  | { readonly ok: true; readonly document: Document.Parsed }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

/** @param onNewLine gets the offset of each line's begin */
export function readYaml(text: string, onNewLine: (offset: number) => void): YamlReading {
  const tokens: CST.Token[] = [];
  const parser = new Parser(onNewLine);
  onNewLine(0);
  let count = 0;
  for (const lexeme of new Lexer().lex(text)) {
    const wrong = NO_TEXT.test(lexeme)
      ? 'NUL and halves of surrogate pairs are no text'
      : wrongEscape(lexeme);
    if (wrong !== null) return refused('yaml', wrong, parser.offset);
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (++count > MAX_TOKENS)
      return refused('too-large', `a document has at most ${MAX_TOKENS} tokens`, parser.offset);
    if (parser.stack.length > MAX_DEPTH)
      return refused('too-deep', 'lists and maps nest too deep', parser.offset);
  }
  for (const token of parser.end()) tokens.push(token);
  const documents = [
    ...new Composer({
      version: '1.2',
      schema: 'core',
      uniqueKeys: false,
      customTags: [],
      prettyErrors: false,
    }).compose(tokens, true, text.length),
  ] as Document.Parsed[];
  const [document, second] = documents;
  if (!document) return refused('yaml', 'the document is empty', 0);
  const problems = [...document.errors, ...document.warnings].map(
    ({ message, code, pos }): YamlProblem => {
      return { code: 'yaml', message: message.split('\n')[0] ?? code, offset: pos[0] };
    },
  );
  if (problems.length > 0) return { ok: false, problems };
  if (second) return refused('yaml', 'a file holds one document', second.range[0]);
  const repeated = repeatedKey(document);
  return repeated ? { ok: false, problems: [repeated] } : { ok: true, document };
}

function refused(code: YamlProblem['code'], message: string, offset: number): YamlReading {
  return { ok: false, problems: [{ code, message, offset }] };
}

class Stop extends Error {}

/** What is wrong with an escape in a double-quoted text: composing would make an error of each, a million in a line. */
function wrongEscape(lexeme: string): string | null {
  if (!lexeme.startsWith('"') || !lexeme.includes('\\')) return null;
  const token = { type: 'double-quoted-scalar', offset: 0, indent: 0, source: lexeme } as const;
  try {
    CST.resolveAsScalar(token, true, (_, code, message) => {
      throw new Stop(message || code);
    });
  } catch (error) {
    if (error instanceof Stop) return error.message;
    throw error;
  }
  return null;
}

/** The first key that is no plain text, or that its map has already. */
function repeatedKey(document: Document.Parsed): YamlProblem | null {
  let problem: YamlProblem | null = null;
  visit(document, {
    Map: (_, map) => {
      const keys = new Set<string>();
      for (const { key } of map.items) {
        const text = isScalar(key) ? String(key.value) : null;
        if (text === null || keys.has(text)) {
          const message =
            text === null ? 'a key is a plain text' : `the key "${text}" is there twice`;
          problem = { code: 'yaml', message, offset: (isNode(key) ? key.range?.[0] : null) ?? 0 };
          return visit.BREAK;
        }
        keys.add(text);
      }
      return undefined;
    },
  });
  return problem;
}
