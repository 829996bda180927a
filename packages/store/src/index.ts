/** The store: PostgreSQL behind typed functions, one query family per file. Knows nothing of HTTP or queues. */
export * from './approved-documents';
export * from './benchmarks';
export * from './connection';
export * from './copy/binary-fields';
export * from './copy/binary-row-reader';
export * from './copy/binary-row-writer';
export * from './copy/copy-streams';
export * from './current-population';
export * from './distribution';
export * from './document-proposals';
export * from './errors';
export * from './failures';
export * from './health';
export * from './idempotency';
export * from './migrate';
export * from './outbox';
export * from './passing-fault';
export * from './provenance';
export * from './ranking';
export type { RatingColumnsToKeep } from './rating-columns';
export * from './rating-filter';
export * from './rating-reads';
export * from './ratings';
export * from './role-settings';
export * from './rulebook-documents';
export * from './run-inputs';
export * from './run-moves';
export * from './run-population';
export * from './run-progress';
export * from './run-ratings';
export * from './run-results';
export * from './run-schedules';
export * from './run-states';
export * from './runs';
export * from './session-settings';
export { refreshRunStatistics, refreshStatistics } from './statistics';
export * from './submission-reads';
export {
  keepSubmissions,
  type KeepSubmissionsRequest,
  type KeptSubmission,
  type SubmissionToKeep,
} from './submissions';
export * from './transaction';
export * from './upload-chunks';
export * from './upload-claims';
export * from './upload-errors';
export * from './upload-ratings';
export * from './upload-rows';
export * from './uploads';
