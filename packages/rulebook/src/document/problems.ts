/** What is wrong with a document that an author wrote: where and what; `problem-texts.ts` says how to mend it. */
import { closestName } from './closest-name';
import type { ProblemCode } from './problem-texts';

export interface DocumentProblem {
  readonly file: string;
  /** 1-based; 1 where the problem concerns the document as a whole. */
  readonly line: number;
  readonly column: number;
  readonly code: ProblemCode;
  /** English; names the values at fault. */
  readonly message: string;
  /** The known name that was probably meant; null where none is close. */
  readonly suggestion: string | null;
}

/** A name that is unknown, and those that are known in its place. */
export interface UnknownName {
  readonly seen: string;
  readonly known: Iterable<string>;
}

/** Thrown with every problem found, not only the first. */
export class RulebookError extends Error {
  constructor(readonly problems: readonly DocumentProblem[]) {
    super(
      problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.code}: ${p.message}`).join('\n'),
    );
    this.name = 'RulebookError';
  }
}

export type DocumentPath = readonly (string | number)[];

/** A person mends them from the top; a hostile document has a million. */
const MAX_PROBLEMS = 100;
/** Messages quote the document, which may be anything. */
const MAX_MESSAGE = 500;

/** Collects problems of one document; `locate` turns a path of keys into a place in the text. */
export class ProblemList {
  private readonly problems: DocumentProblem[] = [];
  private added = 0;

  constructor(
    private readonly file: string,
    private readonly locate: (path: DocumentPath) => { line: number; column: number },
  ) {}

  /** Counts every problem, keeps the first MAX_PROBLEMS: what is wrong thousands of times is one mistake. */
  add(path: DocumentPath, code: ProblemCode, message: string, unknown?: UnknownName): void {
    this.added++;
    if (this.problems.length >= MAX_PROBLEMS) return;
    this.problems.push({
      file: this.file,
      ...this.locate(path),
      code,
      message: message.length > MAX_MESSAGE ? `${message.slice(0, MAX_MESSAGE)}…` : message,
      suggestion: unknown ? closestName(unknown.seen, unknown.known) : null,
    });
  }

  get count(): number {
    return this.added;
  }

  /** An empty list for the same document. */
  fresh(): ProblemList {
    return new ProblemList(this.file, this.locate);
  }

  throwIfAny(): void {
    if (this.added > 0) throw this.error();
  }

  error(): RulebookError {
    const more = this.added - this.problems.length;
    if (more === 0) return new RulebookError(this.problems);
    const message = `${more} more problems are not listed`;
    const place = { file: this.file, line: 1, column: 1 };
    const last: DocumentProblem = { ...place, code: 'more', message, suggestion: null };
    return new RulebookError([...this.problems, last]);
  }
}
