/**
 * The second pass of an import: good rows become submissions with their provisional ratings, a block a transaction, each
 * with the checkpoint. A killed import therefore resumes after exactly the rows it kept.
 *
 * Two transactions are under way at a time, and commit in the rows' order (`ordered-transactions.ts`).
 */
import type { SubmissionColumns } from '@tanxiao/contracts';
import type { Form } from '@tanxiao/forms';
import type { JobContext } from '@tanxiao/queue';
import { layoutOf } from '@tanxiao/rulebook';
import {
  inTransaction,
  keepUploadRows,
  type KeptUploadRows,
  leaseLost,
  renewUploadClaim,
  saveUploadProgress,
  sqlState,
} from '@tanxiao/store';
import { inSpan } from '@tanxiao/telemetry';

import { publishedBenchmarks } from '../rate/published-benchmarks';
import type { WorkerServices } from '../services';
import { pacer } from './import-progress';
import type { ImportTask } from './import-task';
import { OrderedTransactions, type OrderedWork } from './ordered-transactions';
import { keepRated, rowCounts } from './rate-rows';
import {
  type PeriodPlans,
  periodPlans,
  type RatedRows,
  rateRows,
  type RatingFailure,
} from './rated-rows';

interface Kept {
  readonly kept: KeptUploadRows;
  readonly rated: readonly RatedRows[];
  readonly failed: readonly RatingFailure[];
}

/** @throws StoreError `lease-lost` where another worker took the upload over: then nothing of the last batches is kept */
export async function keepRows(
  services: WorkerServices,
  of: {
    readonly task: ImportTask;
    readonly form: Form;
    /** In the file's order, after the checkpoint. */
    readonly rows: AsyncIterable<SubmissionColumns>;
  },
  context: JobContext,
): Promise<void> {
  const { task, form, rows } = of;
  const { pool, limits } = services;
  const { upload, holder } = task;
  const transactions = new OrderedTransactions(pool);
  const work = blockKeeper(services, { task, form, context });
  // While rows before the checkpoint are passed over, nothing else renews the lease.
  const passing = pacer(context, () =>
    inTransaction(pool, (tx) =>
      saveUploadProgress(tx, {
        uploadId: upload.id,
        holder,
        leaseSeconds: limits.importLeaseSeconds,
      }),
    ),
  );
  let accepted = upload.rowsAccepted;
  try {
    for await (const block of rows) {
      if (block.size === 0) {
        await passing.block();
        continue;
      }
      accepted += block.size;
      await transactions.begin(await work(block, accepted));
      context.signal.throwIfAborted();
    }
    await transactions.committed();
  } catch (error) {
    await transactions.ended();
    // Rows that are there already were kept by whoever took the upload over before this one came to its fence.
    const lease = { uploadId: upload.id, holder, leaseSeconds: limits.importLeaseSeconds };
    const taken = sqlState(error) === UNIQUE_VIOLATION && !(await renewUploadClaim(pool, lease));
    throw taken ? leaseLost(upload.id) : error;
  } finally {
    // Before the caller gives the upload back: what is under way belongs to this holder.
    await transactions.ended();
  }
}

const UNIQUE_VIOLATION = '23505';

/** Keeps rows, their ratings and the checkpoint in one transaction. */
function blockKeeper(
  services: WorkerServices,
  of: { readonly task: ImportTask; readonly form: Form; readonly context: JobContext },
): (rows: SubmissionColumns, accepted: number) => Promise<OrderedWork<Kept>> {
  const { pool, limits, metrics, statistics, columnSpace } = services;
  const { upload, holder, by } = of.task;
  const { id: uploadId, rulebookId } = upload;
  const { context } = of;
  const inputNames = layoutOf(of.form.inputs);
  const benchmarks = publishedBenchmarks(pool);
  const lease = { uploadId, holder, leaseSeconds: limits.importLeaseSeconds };
  const logger = services.logger.child({
    ...{ job: context.jobId, uploadId, requestId: by.requestId },
  });
  const keep = (
    rows: SubmissionColumns,
    accepted: number,
    plans: PeriodPlans,
  ): OrderedWork<Kept>['run'] => {
    return async (tx, turn) => {
      const { kept, written } = await keepUploadRows(
        tx,
        { rulebookId, uploadId, inputNames, rows },
        by,
      );
      turn.locked();
      // Rated while the database writes; what rating reads through the transaction waits for that.
      const source = { columnSpace, db: tx, plans, inputNames };
      const rating = rateRows({ rulebookId, rows, kept }, source);
      const [rated] = await Promise.all([rating, written]);
      const failed = await keepRated(tx, rated, { rulebookId, rows, kept, by });
      await turn.comes();
      context.signal.throwIfAborted();
      // The fence: it locks the upload, so whoever takes it over waits here, and whoever lost it finds its lease gone.
      await saveUploadProgress(tx, {
        ...lease,
        rowsAccepted: accepted,
        checkpointRow: rows.rowNumbers[rows.size - 1]!,
      });
      return { kept, rated, failed };
    };
  };
  return async (rows, accepted) => {
    // Asked before the transaction, which then needs no second connection: over a pooler's few, two would wait for ever.
    const standards = await services.standardsInForce.current();
    const run = keep(
      rows,
      accepted,
      await periodPlans(rows, { rulebookId, standards, benchmarks }),
    );
    return {
      run: (tx, turn) =>
        inSpan('keep ratings', { 'tanxiao.submissions': rows.size }, () => run(tx, turn)),
      committed: ({ kept, rated, failed }) => {
        metrics.submissionsKept(rows.size);
        metrics.ratingsKept('arrival', rowCounts(rated, { kept }, failed));
        for (const { submissionId, error } of failed)
          logger.error(
            { submissionId, err: error },
            'a submission could not be rated; recorded alone',
          );
        statistics.written(rows.size);
        context.beat();
      },
    };
  };
}
