/** Once at the end of a jest run: ends the PostgreSQL that global-setup.ts started. */
import { takeRunningDatabase } from './global-state';

// Jest asks for a default export.
// eslint-disable-next-line no-restricted-exports
export default async function globalTeardown(): Promise<void> {
  await takeRunningDatabase()?.stop();
}
