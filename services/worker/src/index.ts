export type { WorkerHealth } from './health';
export { type RunningWorker, startWorker, type WorkerHttp, type WorkerOptions } from './worker';
