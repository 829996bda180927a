/**
 * Starts the embedded database on a data folder, or takes over the one that a killed parent left
 * running there. The order matters: place, lock, look for a running server, and only then programs,
 * cluster and a new server.
 */
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Account, nullIfMissing, serverAccount } from './account';
import { type Binaries, findNativeFolder, prepareBinaries } from './binaries';
import {
  type ClusterPaths,
  clusterPaths,
  connectionUrl,
  type Durability,
  ensureCluster,
  readPassword,
} from './cluster';
import { lockDataFolder } from './data-folder-lock';
import { explainFailure, ServerNotAnsweringError } from './errors';
import { disownPostmasterFile, isPostgresOn, readPostmasterFile } from './postmaster-file';
import { answersFor } from './probe';
import { boundLog, keepLogBounded, readLogFrom } from './server-log';
import {
  freeLoopbackPort,
  launchServer,
  type PostgresExit,
  type ServerProcess,
  stopServer,
  watchServer,
} from './server-process';
import { DATA_STAGING, likelyCluster, placeData, PROGRAM_STAGING } from './staging';

export interface EmbeddedPostgresOptions {
  /** The folder for the database; created if missing. Relative paths count from the current folder. */
  dataDir: string;
  /** Receives one line per noteworthy event. Default: nothing is said. */
  log?: (line: string) => void;
  /** 'throwaway' switches fsync off, for tests. Only has an effect when the cluster is created. Default 'safe'. */
  durability?: Durability;
  /**
   * Where, as root, what the server's account cannot reach is put. Default: /var/tmp for the
   * programs, /var/lib/tanxiao for the data.
   */
  stagingDir?: string;
  /** The `native` folder with the programs. Default: that of the installed platform package. */
  nativeDir?: string;
}

export interface EmbeddedPostgres {
  /** Of the superuser, to the database `postgres`; holds the password. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** True when the server ran already, left behind by a parent that was killed. */
  readonly adopted: boolean;
  /** Where the data really are; differs from the option when the server's account cannot go there. */
  readonly dataDir: string;
  readonly logFile: string;
  /** Resolves when the server has ended, by `stop()` or by itself. */
  readonly exited: Promise<PostgresExit>;
  /** Ends the server and frees the data folder. Calling it again waits for the same end. */
  stop(): Promise<void>;
}

/** How long a server may take to recover its log after a crash, or to end, before we give up. */
const RECOVERY_MS = 300_000;
const LEFTOVER_MS = 45_000;
const PORT_ATTEMPTS = 5;

/** @throws EmbeddedPostgresError with a sentence in Chinese and English */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => undefined);
  const requested = resolve(options.dataDir);
  const account = await serverAccount(await likelyCluster(requested));
  const place = await placeData(requested, account, options.stagingDir ?? DATA_STAGING);
  if (place.moved) {
    log(
      `数据库账户无法进入 ${requested}，数据放在 ${place.folder}。` +
        `The database account cannot enter ${requested}; the data are kept in ${place.folder}.`,
    );
  }
  const paths = clusterPaths(place.folder);
  const lock = await lockDataFolder(place.folder);
  try {
    const request = { options, paths, account, log };
    const running = (await adoptRunning(request)) ?? (await startNew(request));
    return handle(running, paths, { release: () => lock.release(), log });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface StartRequest {
  options: EmbeddedPostgresOptions;
  paths: ClusterPaths;
  account: Account | null;
  log: (line: string) => void;
}

interface Running {
  server: ServerProcess;
  port: number;
  password: string;
  adopted: boolean;
  binaries: Binaries | null;
}

/** The server left behind by a killed parent, once it answers; null when there is none (any more). */
async function adoptRunning(request: StartRequest): Promise<Running | null> {
  const { paths, log } = request;
  const deadline = Date.now() + LEFTOVER_MS;
  for (;;) {
    const file = await readPostmasterFile(paths.cluster);
    if (file === null) return null;
    if (!(await isPostgresOn(file.pid, paths.cluster))) {
      if (isForeignProcess(file.pid)) await disownPostmasterFile(paths.cluster);
      return null;
    }
    let seen = `status "${file.status}"`;
    if (file.port !== null && file.status === 'ready') {
      const password = await readPassword(paths);
      if (password === null)
        throw new ServerNotAnsweringError(paths.folder, file.pid, 'no password');
      const answer = await answersFor(connectionUrl(file.port, password), paths.cluster);
      if (answer === null) {
        log(
          `接管了仍在运行的数据库（pid ${file.pid}）。` +
            `Took over the database that was still running (pid ${file.pid}).`,
        );
        const server = watchServer(file.pid);
        // Only Windows needs a program (pg_ctl) to end a server.
        const binaries = process.platform === 'win32' ? await programs(request) : null;
        return { server, port: file.port, password, adopted: true, binaries };
      }
      seen = answer;
    }
    // Starting, recovering or shutting down: either it becomes ready or it goes.
    if (Date.now() > deadline) throw new ServerNotAnsweringError(paths.folder, file.pid, seen);
    await sleep(50);
  }
}

function isForeignProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function programs(request: StartRequest): Promise<Binaries> {
  const { options, account, log } = request;
  const native = options.nativeDir ?? findNativeFolder();
  const stagingDir = options.stagingDir ?? (await programStaging());
  return prepareBinaries({ native, account, stagingDir, log });
}

async function startNew(request: StartRequest): Promise<Running> {
  const { options, paths, account } = request;
  const binaries = await programs(request);
  const durability = options.durability ?? 'safe';
  const password = await ensureCluster({ paths, binaries, account, durability });
  await boundLog(paths.logFile);
  const deadline = Date.now() + LEFTOVER_MS;
  for (let attempt = 1; ; attempt += 1) {
    const port = await freeLoopbackPort();
    const outcome = await launchOn(port, { paths, account, binaries, password });
    if (typeof outcome !== 'string') {
      return { server: outcome, port, password, adopted: false, binaries };
    }
    const portTaken = outcome.includes('Address already in use') && attempt < PORT_ATTEMPTS;
    // Sessions of a killed server live on until they notice, which a long query delays.
    const orphans = outcome.includes('pre-existing shared memory block') && Date.now() < deadline;
    if (!portTaken && !orphans) {
      const { folder, logFile } = paths;
      throw explainFailure({ program: 'postgres', output: outcome, folder, logFile });
    }
    await sleep(orphans ? 250 : 0);
  }
}

async function programStaging(): Promise<string> {
  return (await stat(PROGRAM_STAGING).catch(nullIfMissing)) === null ? tmpdir() : PROGRAM_STAGING;
}

/** The server once it is ready, or what it logged before it died. */
async function launchOn(
  port: number,
  context: { paths: ClusterPaths; account: Account | null; binaries: Binaries; password: string },
): Promise<ServerProcess | string> {
  const { paths, account, binaries, password } = context;
  const logStart = (await stat(paths.logFile).catch(nullIfMissing))?.size ?? 0;
  const server = await launchServer({ binaries, paths, account, port });
  const deadline = Date.now() + RECOVERY_MS;
  let seen = 'starting';
  while (server.isRunning() && Date.now() < deadline) {
    const file = await readPostmasterFile(paths.cluster);
    if (file?.pid === server.pid && file.status === 'ready') {
      const answer = await answersFor(connectionUrl(port, password), paths.cluster);
      if (answer === null) return server;
      seen = answer;
      break;
    }
    await sleep(10);
  }
  if (!server.isRunning()) return readLogFrom(paths.logFile, logStart);
  await stopServer(server, paths, binaries);
  throw new ServerNotAnsweringError(paths.folder, server.pid, seen);
}

function handle(
  running: Running,
  paths: ClusterPaths,
  effects: { release: () => Promise<void>; log: (line: string) => void },
): EmbeddedPostgres {
  const { server, port, password, adopted, binaries } = running;
  const stopBounding = keepLogBounded(paths.logFile, effects.log);
  let stopped: Promise<void> | null = null;
  const stop = async () => {
    stopBounding();
    try {
      await stopServer(server, paths, binaries);
    } finally {
      await effects.release();
    }
  };
  return {
    url: connectionUrl(port, password),
    port,
    pid: server.pid,
    adopted,
    dataDir: paths.folder,
    logFile: paths.logFile,
    exited: server.exited.then((exit) => ({ ...exit, expected: stopped !== null })),
    stop: () => (stopped ??= stop()),
  };
}
