/** The demonstration: upload each quarter's file, rate the city, publish, and say what happens meanwhile. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import type { Run, TanxiaoClient, Upload } from '@tanxiao/client';

import type { QuarterFile } from './city';
import type { QuarterResult } from './quarter-result';
import { runLine, uploadLine } from './summary';

export interface Demonstration {
  readonly client: TanxiaoClient;
  readonly rulebook: string;
  readonly files: readonly QuarterFile[];
  /** Where the files are left to be looked at. */
  readonly folder: string;
  readonly say: (line: string) => void;
  readonly pollMs?: number;
}

/** An upload or a run that ended otherwise than well. */
export class DemonstrationError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DemonstrationError';
  }
}

/** @throws DemonstrationError; what the client throws */
export async function demonstrate(demonstration: Demonstration): Promise<QuarterResult[]> {
  const { files, folder } = demonstration;
  mkdirSync(folder, { recursive: true });
  for (const { filename, bytes } of files) writeFileSync(path.join(folder, filename), bytes);
  const results: QuarterResult[] = [];
  for (const file of files) {
    const upload = await uploaded(demonstration, file);
    const run = await published(demonstration, file.period, upload.id);
    results.push({ period: file.period, upload, run });
  }
  return results;
}

/**
 * Uploads a quarter and waits until its good rows are kept and each has its provisional rating. The key is the
 * content: a second demonstration is answered with the upload of the first, and nothing is kept twice.
 */
async function uploaded(demonstration: Demonstration, file: QuarterFile): Promise<Upload> {
  const { client, rulebook, folder, pollMs } = demonstration;
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const { id } = await client.uploadFile(path.join(folder, file.filename), {
    rulebook,
    partial: true,
    idempotencyKey: `demo-${sha256}`,
  });
  const upload = await client.waitForUpload(id, {
    rated: true,
    ...(pollMs === undefined ? {} : { pollMs }),
    onProgress: changesOnly(demonstration.say, (now: Upload) => uploadLine(file.period, now)),
  });
  if (upload.state !== 'done') {
    const why = upload.problem ? `${upload.problem.zh} ${upload.problem.en}` : upload.state;
    throw new DemonstrationError(`${file.filename}: ${why}`);
  }
  return upload;
}

/** The run of a period under this upload: a second demonstration finds the first one's again, already published. */
async function published(
  demonstration: Demonstration,
  period: string,
  uploadId: string,
): Promise<Run> {
  const { client, rulebook, pollMs, say } = demonstration;
  const { id } = await client.createRun(
    { rulebook, period },
    { idempotencyKey: `demo-run-${uploadId}` },
  );
  const run = await client.waitForRun(id, {
    ...(pollMs === undefined ? {} : { pollMs }),
    onProgress: changesOnly(say, (now: Run) => runLine(period, now)),
  });
  if (run.state === 'failed')
    throw new DemonstrationError(`${period}: ${run.failure ?? 'the run failed'}`);
  if (run.state === 'published') return run;
  const final = await client.publish(id);
  say(runLine(period, final));
  return final;
}

/** Says a line when it differs from the last one. */
function changesOnly<View>(
  say: (line: string) => void,
  lineOf: (view: View) => string,
): (view: View) => void {
  let said = '';
  return (view) => {
    const line = lineOf(view);
    if (line !== said) say(line);
    said = line;
  };
}
