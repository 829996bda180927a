/** The form a rulebook asks for: templates, reading files and JSON items, giving files back with their errors. */
export { FILE_PROBLEM_TEXTS, FileProblem, type FileProblemCode } from './file-problem';
export * from './form';
export { adviceSentence, adviceText, BENCHMARK_HELD_FIXED } from './output/advice-text';
export {
  type AnnotateOptions,
  ERROR_COLUMNS,
  type IssuesByRow,
  writeAnnotated,
} from './output/annotated';
export { CSV_BOM, csvField, csvLine, harmlessText } from './output/csv-line';
export { dryRunView, type DryRunViewOptions, type NamedSubject } from './output/dry-run-view';
export { explanationText } from './output/explanation-text';
export { MoverCsv } from './output/mover-rows';
export * from './output/rating-rows';
export type { PageContent } from './output/rulebook-page/page';
export { rulebookPage } from './output/rulebook-page/rulebook-page';
export { statusTitle } from './output/status-title';
export { type TemplateOptions, writeTemplate } from './output/template';
export * from './read-submissions';
export type { RowKey, RowReading } from './row-reader';
export { firstPeriod } from './sheet/first-period';
export { DEFAULT_LIMITS, type SheetLimits } from './sheet/limits';
export { openSheet } from './sheet/sheet';
export type { Sheet, SheetRecord, SheetSource } from './sheet/sheet-types';
export { readSubmissionBlocks, type RejectedRow, type RowsRead } from './submission-blocks';
export { type ItemReading, validateItem } from './validate-item';
