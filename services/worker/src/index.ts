export { ENVIRONMENT_VARIABLES } from './environment';
export type { WorkerHealth } from './health';
export { MIGRATE_VARIABLES } from './migrate-environment';
export { type RunningWorker, startWorker, type WorkerHttp, type WorkerOptions } from './worker';
