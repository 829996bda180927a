/**
 * A rule change tried on the made city, through the API from PostgreSQL and through the command line from the file: the
 * two must say the same of every mover; seconds, and how long other requests waited meanwhile, are printed.
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

import { TanxiaoClient } from '@tanxiao/client';
import type { DryRunView } from '@tanxiao/contracts';
import { cityFiles, loadCityModel } from '@tanxiao/demo';
import { loadStandards } from '@tanxiao/standards';

import type { Acceptance } from './acceptance';
import { RULEBOOK } from './industrial-file';

const CLI = path.resolve(__dirname, '../../../packages/cli/bin/tanxiao.js');
const PERIOD = '2026Q3';
const ROUNDS = 5;
/** What the product promises for the made city, reading included. */
const BAR_MS = 2000;
/** The movers an answer may list. */
const LISTED = 1000;

export async function dryRuns({ folder, stack, say }: Acceptance): Promise<boolean> {
  const file = cityFiles(loadCityModel()).find(({ period }) => period === PERIOD)!;
  const input = path.join(folder, file.filename);
  writeFileSync(input, file.bytes);
  const draft = path.join(folder, 'draft.yaml');
  writeFileSync(draft, draftText());
  const { url, apiPeakMemory } = await stack();
  const client = new TanxiaoClient({ baseUrl: url });
  const upload = await client.uploadFile(input, { rulebook: RULEBOOK, partial: true });
  await client.waitForUpload(upload.id, { rated: true });
  const body = { rulebook: RULEBOOK, period: PERIOD, after: { text: draftText() }, movers: LISTED };
  let view: DryRunView | null = null;
  for (let round = 0; round < ROUNDS; round++) {
    const pings = pinging(client);
    const began = performance.now();
    view = await client.post('/v1/dry-runs', { body });
    const ms = performance.now() - began;
    const slowest = await pings.stop();
    say(
      `${round === 0 ? 'first, its thread started for it' : `dry run ${round + 1}`}: ${ms.toFixed(0)} ms (bar ${BAR_MS}); other requests waited at most ${slowest.toFixed(0)} ms`,
    );
  }
  say(`API process: peak memory ${(apiPeakMemory() / 1e6).toFixed(0)} MB`);
  const began = performance.now();
  const cli = commandLine(['--before', RULEBOOK, '--after', draft, '--input', input]);
  say(`command line: ${(performance.now() - began).toFixed(0)} ms, reading the file included`);
  say(`${view!.population} subjects: ${JSON.stringify(view!.counts)}`);
  say(`causes: ${JSON.stringify(view!.causes)}`);
  const same = JSON.stringify(canonical(view!)) === JSON.stringify(canonical(cli));
  say(`API and command line say the same of all ${view!.moversTotal} movers: ${same}`);
  const sum = view!.matrix.counts.flat().reduce((a, b) => a + b, 0);
  return same && view!.movers.length === view!.moversTotal && sum === view!.population;
}

/** A tighter grade 2, and green power deducted: limits, own values and benchmarks all move. */
function draftText(): string {
  const { text } = loadStandards().rulebooks.find(({ id }) => id === RULEBOOK)!;
  return text
    .replace('version: 1.0.0', 'version: 9.9.9')
    .replace('value: 0.8, source', 'value: 0.75, source')
    .replace('value: 0, source: project', 'value: 1, source: project');
}

function commandLine(words: readonly string[]): DryRunView {
  const output = spawnSync(process.execPath, [CLI, 'dry-run', ...words, '--format', 'json'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (output.status !== 0) throw new Error(output.stderr);
  return JSON.parse(output.stdout) as DryRunView;
}

/** Movers by code: the file has its own order. */
function canonical(view: DryRunView): DryRunView {
  const movers = [...view.movers].sort((a, b) => (a.subject.code < b.subject.code ? -1 : 1));
  return { ...view, movers };
}

/** Small requests one after the other, until told to stop; then the longest that one took, ms. */
function pinging(client: TanxiaoClient): { stop(): Promise<number> } {
  let going = true;
  const longest = (async () => {
    let slowest = 0;
    while (going) {
      const began = performance.now();
      await client.get('/health/live', {});
      slowest = Math.max(slowest, performance.now() - began);
    }
    return slowest;
  })();
  return {
    stop: () => {
      going = false;
      return longest;
    },
  };
}
