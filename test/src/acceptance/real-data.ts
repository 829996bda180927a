/**
 * 15,738 real factories through the command line, and through API, worker and PostgreSQL: the canonical export
 * (header, then the lines sorted) must be the same bytes, and every row must end rated, not rated or rejected.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { TanxiaoClient } from '@tanxiao/client';

import { writeMappedFile } from '../real-data/mapped-file';
import type { Acceptance } from './acceptance';

const RULEBOOK = 'small-enterprise-carbon-efficiency';
const PERIOD = '2023';
const CLI = path.resolve(__dirname, '../../../packages/cli/bin/tanxiao.js');

export async function realData({ folder, stack, say }: Acceptance): Promise<boolean> {
  const input = path.join(folder, 'real.csv');
  const counts = await writeMappedFile(input);
  if (counts === null) return false;
  say(`mapped: ${JSON.stringify(counts)}`);
  const { rows } = counts;
  const output = path.join(folder, 'cli.csv');
  const cli = spawnSync(
    process.execPath,
    [CLI, 'rate', '--rulebook', RULEBOOK, '--period', PERIOD, '--input', input, '--output', output],
    {
      encoding: 'utf8',
    },
  );
  say(cli.stderr.trim());
  const cliRows = canonical(readFileSync(output, 'utf8'));
  const { url } = await stack();
  const client = new TanxiaoClient({ baseUrl: url });
  const upload = await client.uploadFile(input, {
    rulebook: RULEBOOK,
    period: PERIOD,
    partial: true,
    idempotencyKey: 'real-data',
  });
  const done = await client.waitForUpload(upload.id, { rated: true });
  const run = await client.createRun({ rulebook: RULEBOOK, period: PERIOD });
  await client.waitForRun(run.id);
  await client.publish(run.id);
  const exported = await client.fetch('/v1/ratings/export', {
    query: { rulebook: RULEBOOK, period: PERIOD },
  });
  const apiRows = canonical(await exported.text());
  const identical = cliRows.text === apiRows.text;
  say(`CLI: ${cliRows.count} rated or not rated, sha256 ${cliRows.hash}`);
  say(
    `API: ${apiRows.count} rated or not rated, sha256 ${apiRows.hash}; ${done.rows.rejected} rejected`,
  );
  say(`identical: ${identical}; by outcome: ${JSON.stringify(apiRows.outcomes)}`);
  const total = apiRows.count + done.rows.rejected;
  say(`${apiRows.count} + ${done.rows.rejected} = ${total} of ${rows} rows`);
  return identical && total === rows;
}

/** Header, then the lines of ratings sorted; rejected rows are no ratings and stand in the CLI's output only. */
function canonical(csv: string): {
  text: string;
  count: number;
  hash: string;
  outcomes: Record<string, number>;
} {
  const [header = '', ...lines] = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const columns = header.split(',');
  const [outcome, reasons] = [columns.indexOf('outcome'), columns.indexOf('reasons')];
  const rated = lines.filter((line) => line.split(',')[outcome] !== 'rejected').sort();
  const outcomes: Record<string, number> = {};
  for (const line of rated) {
    const cells = line.split(',');
    const key = [cells[outcome], cells[reasons]].filter((text) => text !== '').join(': ');
    outcomes[key] = (outcomes[key] ?? 0) + 1;
  }
  const text = [header, ...rated].join('\n');
  return {
    text,
    count: rated.length,
    hash: createHash('sha256').update(text).digest('hex'),
    outcomes,
  };
}
