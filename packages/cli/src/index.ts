/** The command line as a function, for programs and tests. */
export { EXIT, type ExitCode } from './failures';
export { run } from './run';
export type { Terminal } from './terminal';
