import type { ExpandedDocument } from './expand-scores';
import type { FactorName, Formulas, NumericInput } from './names';

/** A document with all that was made of it, to be checked as a whole. */
export interface CheckedDocument {
  readonly expanded: ExpandedDocument;
  readonly inputs: readonly NumericInput[];
  readonly factorNames: readonly FactorName[];
  readonly formulas: Formulas;
}
