export { type RunningWorker, startWorker, type WorkerHealth, type WorkerOptions } from './worker';
