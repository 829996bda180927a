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

/** Collects problems of one document; `locate` turns a path of keys into a place in the text. */
export class ProblemList {
  private readonly problems: DocumentProblem[] = [];

  constructor(
    private readonly file: string,
    private readonly locate: (path: DocumentPath) => { line: number; column: number },
  ) {}

  add(path: DocumentPath, code: ProblemCode, message: string, unknown?: UnknownName): void {
    const suggestion = unknown ? closestName(unknown.seen, unknown.known) : null;
    this.problems.push({ file: this.file, ...this.locate(path), code, message, suggestion });
  }

  get count(): number {
    return this.problems.length;
  }

  /** An empty list for the same document. */
  fresh(): ProblemList {
    return new ProblemList(this.file, this.locate);
  }

  throwIfAny(): void {
    if (this.problems.length > 0) throw new RulebookError(this.problems);
  }
}
