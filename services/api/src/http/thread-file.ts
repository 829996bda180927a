/** Which file a thread runs: the built one, or for tests the source with a hook that lets Node read it. */

export interface ThreadFile {
  readonly file: string;
  readonly execArgv: readonly string[];
}
