/**
 * What global-setup.ts hands to global-teardown.ts. Kept on globalThis: jest may load the two with
 * separate module registries.
 */
export interface RunningDatabase {
  stop(): Promise<void>;
}

const KEY = Symbol.for('tanxiao.test.database');
const holder = globalThis as { [KEY]?: RunningDatabase | undefined };

export function setRunningDatabase(database: RunningDatabase): void {
  holder[KEY] = database;
}

/** The running database, once: a second call finds none. */
export function takeRunningDatabase(): RunningDatabase | undefined {
  const database = holder[KEY];
  holder[KEY] = undefined;
  return database;
}
