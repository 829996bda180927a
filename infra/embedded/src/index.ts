/** The embedded runtime: the database and the child processes of `npm start`. */
export {
  exitWithParent,
  type ExitWithParentOptions,
  type ReadyMessage,
  reportReady,
} from './child-lifecycle';
export type { ChildSpec } from './child-process';
export {
  ChildFailedError,
  type RestartPolicy,
  superviseChildren,
  type SuperviseEnd,
  type SuperviseOptions,
  type Supervisor,
} from './children';
export * from './postgres';
