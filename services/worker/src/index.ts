export { ENVIRONMENT_VARIABLES, readEnvironment } from './environment';
export type { WorkerHealth } from './health';
export { MIGRATE_VARIABLES, readMigrateEnvironment } from './migrate-environment';
export { type RunningWorker, startWorker, type WorkerHttp, type WorkerOptions } from './worker';
