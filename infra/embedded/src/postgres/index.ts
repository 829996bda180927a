/** What the rest of the repository may use of the embedded database. */
export type { Durability } from './cluster';
export {
  BinariesMissingError,
  DataFolderInUseError,
  DataFolderNotOursError,
  DataFolderUnreachableError,
  DataVersionError,
  EmbeddedPostgresError,
  NoServerAccountError,
  NoSpaceError,
  ServerFailedError,
  ServerNotAnsweringError,
  UnsupportedPlatformError,
  UntrustedFolderError,
} from './errors';
export { ensureDatabase } from './probe';
export type { PostgresExit } from './server-process';
export type { EmbeddedPostgres, EmbeddedPostgresOptions } from './start';
export { startEmbeddedPostgres } from './start';
