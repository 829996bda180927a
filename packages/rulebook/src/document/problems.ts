/** What is wrong with a document that an author wrote: where, what, and how to mend it. */

export interface DocumentProblem {
  readonly file: string;
  /** 1-based; 1 where the problem concerns the document as a whole. */
  readonly line: number;
  readonly column: number;
  readonly code: string;
  readonly message: string;
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

  add(path: DocumentPath, code: string, message: string): void {
    this.problems.push({ file: this.file, ...this.locate(path), code, message });
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
