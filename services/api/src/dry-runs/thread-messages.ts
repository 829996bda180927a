/** What the API's main thread and the dry-run thread say to each other: one job at a time, in this order. */
import type { DryRunView } from '@tanxiao/contracts';
import type { DocumentProblem } from '@tanxiao/rulebook';

export interface DocumentText {
  readonly text: string;
  /** What its problems name it by: where in the request it stands. */
  readonly place: string;
}

export interface NamedDocument extends DocumentText {
  readonly id: string;
  readonly version: string;
}

export interface DryRunDocuments {
  readonly period: string;
  /** Rated with the factor set that it names. */
  readonly before: DocumentText;
  readonly after: {
    readonly rulebook: DocumentText;
    /** In place of the one that the rulebook names. */
    readonly factorSet: DocumentText | null;
  };
  /** Those that a rulebook may name. */
  readonly factorSets: readonly NamedDocument[];
  readonly grading: string | null;
}

/** Subjects as columns: numbers cross as one buffer, not as objects. */
export interface SubjectBatch {
  /** Size of the whole population. */
  readonly population: number;
  readonly schemes: readonly ('uscc' | 'local')[];
  readonly codes: readonly string[];
  readonly names: readonly (string | null)[];
  readonly regionCodes: readonly string[];
  readonly industryClassifications: readonly string[];
  readonly industryCodes: readonly string[];
  readonly layoutIds: readonly number[];
  /** Input names of layouts not sent before. */
  readonly layouts: ReadonlyMap<number, readonly string[]>;
  /** Subject after subject, each as long as its layout; NaN is unknown. */
  readonly inputs: Float64Array<ArrayBuffer>;
}

export type ToThread =
  | { readonly type: 'start'; readonly documents: DryRunDocuments }
  | { readonly type: 'batch'; readonly batch: SubjectBatch }
  | { readonly type: 'finish'; readonly movers: number };

export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly problems: readonly DocumentProblem[] }
  | { readonly type: 'no-grading'; readonly known: readonly string[] }
  | { readonly type: 'done'; readonly view: DryRunView }
  | { readonly type: 'failed'; readonly error: Error };
