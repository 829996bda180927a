/**
 * The import job: an uploaded file becomes submissions. received → checking (pass 1) → importing (pass 2) → done, or
 * rejected (bad rows and not `partial`), or unreadable. Each end is one transaction with the outbox row's deletion.
 */
import { join } from 'node:path';

import { dayInChina, newId, parsePeriod, type UploadState } from '@tanxiao/contracts';
import { FileProblem, firstPeriod, type Form, formOf } from '@tanxiao/forms';
import type { JobContext, JobHandler } from '@tanxiao/queue';
import { currentVersion } from '@tanxiao/rulebook';
import { type Standards, standardsAmong } from '@tanxiao/standards';
import {
  claimUpload,
  deleteOutbox,
  fixUploadRulebooks,
  getUpload,
  inTransaction,
  isPassingFault,
  leaseLost,
  loadOutbox,
  moveUpload,
  releaseOutbox,
  releaseUploadClaim,
  saveUploadProgress,
  StoreError,
  type UploadProblem,
} from '@tanxiao/store';
import { currentTraceparents } from '@tanxiao/telemetry';

import type { WorkerServices } from '../services';
import { secondsPastLease } from '../work-limits';
import { checkRows } from './check-pass';
import type { ImportTask } from './import-task';
import { keepRows } from './keep-pass';
import { RowSpool } from './row-spool';
import { rowsOfSheet } from './sheet-rows';
import { uploadSheet } from './upload-sheet';

export function importHandler(services: WorkerServices): JobHandler<'import'> {
  return async ({ outboxId }, context) => {
    const { pool, limits } = services;
    const [row] = await loadOutbox(pool, [outboxId]);
    // Gone: another delivery of this job has ended the import.
    if (!row) return;
    if (row.uploadId === null) throw new TypeError(`outbox row ${outboxId} names no upload`);
    const holder = newId();
    const leaseSeconds = limits.importLeaseSeconds;
    const claim = { uploadId: row.uploadId, holder, leaseSeconds };
    const state = await claimUpload(pool, claim);
    if (state === null) return standAside(services, row.uploadId, outboxId);
    const upload = await getUpload(pool, row.uploadId);
    if (!upload) throw new TypeError(`upload ${row.uploadId} does not exist`);
    const task: ImportTask = {
      upload,
      outboxId,
      holder,
      by: { actor: row.actor, requestId: row.requestId, traceparents: currentTraceparents() },
      sheet: uploadSheet(services, upload, holder),
      spool: new RowSpool(join(services.temporaryFolder, `${upload.id}-${holder}.rows`)),
    };
    const logger = services.logger.child({
      job: context.jobId,
      uploadId: upload.id,
      requestId: row.requestId,
    });
    try {
      await drive(services, task, state, context);
      logger.info('import ended');
    } catch (error) {
      if (error instanceof StoreError && error.code === 'lease-lost') {
        logger.warn('import left to the worker that took it over');
        return;
      }
      if (context.signal.aborted || isPassingFault(error)) {
        await releaseUploadClaim(pool, claim);
        throw error;
      }
      logger.error({ err: error }, 'import stopped by a defect');
      await end(services, task, 'unreadable', DEFECT);
    } finally {
      await task.sheet.remove();
      await task.spool.remove();
    }
  };
}

const DEFECT: UploadProblem = {
  code: 'internal-error',
  zh: '导入因程序缺陷中断，已记录；已导入的行保留，请联系管理员',
  en: 'the import was stopped by a defect of the program, which has been recorded; rows imported before are kept. Ask the administrator',
};

async function drive(
  services: WorkerServices,
  task: ImportTask,
  state: UploadState,
  context: JobContext,
): Promise<void> {
  const { upload } = task;
  const form = await uploadForm(await standardsOfUpload(services, task), task);
  if (form === null) return end(services, task, 'unreadable', notInForce(upload));
  const checked = state !== 'importing';
  if (checked) {
    try {
      if (!(await check(services, task, form, context))) return;
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      return end(services, task, 'unreadable', { code: error.code, ...error.text });
    }
  }
  const rows = checked ? task.spool.rows() : rowsOfSheet(task, form);
  await keepRows(services, { task, form, rows }, context);
  await end(services, task, 'done');
}

/** Pass 1. Returns whether rows are to be kept. */
async function check(
  services: WorkerServices,
  task: ImportTask,
  form: Form,
  context: JobContext,
): Promise<boolean> {
  const { upload, holder } = task;
  await inTransaction(services.pool, (tx) =>
    moveUpload(tx, { uploadId: upload.id, holder, from: ['received'], to: 'checking' }),
  );
  const counts = await checkRows(services, task, form, context);
  const keep = counts.rowsRejected === 0 || upload.partial;
  await inTransaction(services.pool, async (tx) => {
    await saveUploadProgress(tx, {
      uploadId: upload.id,
      holder,
      leaseSeconds: services.limits.importLeaseSeconds,
      ...counts,
    });
    await moveUpload(tx, {
      uploadId: upload.id,
      holder,
      from: ['checking'],
      to: keep ? 'importing' : 'rejected',
    });
    if (!keep) await deleteOutbox(tx, [task.outboxId]);
  });
  return keep;
}

/** The last step, whichever it is: state and outbox row in one transaction. @throws StoreError `lease-lost` */
async function end(
  { pool }: WorkerServices,
  { upload, outboxId, holder }: ImportTask,
  to: 'done' | 'unreadable',
  problem?: UploadProblem,
): Promise<void> {
  await inTransaction(pool, async (tx) => {
    const from = ['received', 'checking', 'importing'] as const;
    const moved = await moveUpload(tx, { uploadId: upload.id, holder, from, to, problem });
    if (!moved) throw leaseLost(upload.id);
    await deleteOutbox(tx, [outboxId]);
  });
}

/**
 * Another worker holds the upload, or it has ended. An ended one needs its outbox row no more; a held one is looked at
 * again when the holder's lease would have run out, for the holder may be dead.
 */
async function standAside(
  { pool, limits }: WorkerServices,
  uploadId: string,
  outboxId: number,
): Promise<void> {
  const upload = await getUpload(pool, uploadId);
  if (upload?.finishedAt === null)
    await releaseOutbox(pool, [outboxId], secondsPastLease(limits.importLeaseSeconds));
  else await inTransaction(pool, (tx) => deleteOutbox(tx, [outboxId]));
}

/** What is known when the file is first read; an approval in the middle of an import is for the next one. */
async function standardsOfUpload(
  { pool, standardsInForce }: WorkerServices,
  { upload, holder }: ImportTask,
): Promise<Standards> {
  const standards = await standardsInForce.current();
  const { id: uploadId, rulebookId } = upload;
  const versions = standards.rulebooks.filter(({ id }) => id === rulebookId);
  const hashes = await fixUploadRulebooks(pool, {
    ...{ uploadId, holder },
    rulebookHashes: versions.map(({ hash }) => hash),
  });
  return standardsAmong(standards, { rulebookId, hashes });
}

/** The form of the version that rates the upload's period, or else that of its first row, or else of its day. */
async function uploadForm(
  standards: Standards,
  { upload: { rulebookId, period, createdAt }, sheet }: ImportTask,
): Promise<Form | null> {
  const read = period === null ? await firstPeriod(() => sheet.open()) : parsePeriod(period);
  const plan = read && standards.plan(rulebookId, read);
  const rulebook =
    plan?.rulebook ??
    (period === null
      ? currentVersion(standards.rulebooks, rulebookId, dayInChina(createdAt))?.version
      : undefined);
  return rulebook ? formOf(rulebook, (id, of) => standards.plan(id, of)) : null;
}

function notInForce(upload: { readonly rulebookId: string; readonly period: string | null }) {
  const period = upload.period ?? '—';
  return {
    code: 'rulebook-not-in-force',
    zh: `评价规范“${upload.rulebookId}”在评价期 ${period} 没有生效版本，请核对`,
    en: `rulebook "${upload.rulebookId}" has no version in force in period ${period}; check both`,
  };
}
