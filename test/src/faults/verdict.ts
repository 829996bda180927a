/** Judges what a schedule left behind: nothing lost, nothing double, and the same as without faults. */
import { createHash } from 'node:crypto';

import type { Driven } from './drive';
import type { OwnPostgres } from './own-postgres';
import type { PatientClient } from './patient-client';
import { runText } from './runs';
import { expectedCounts, NEXT_PERIOD, PERIOD, RULEBOOK, type Workload } from './workload';

/** Everything that must not depend on faults, as text; ids and times are left out. */
export interface Outcome {
  readonly texts: Readonly<Record<string, string>>;
}

/** Where the harness looks past the API. */
export interface Kept {
  readonly postgres: OwnPostgres;
  readonly database: string;
}

export async function outcomeOf(
  client: PatientClient,
  { postgres, database }: Kept,
  { runIds }: Driven,
): Promise<Outcome> {
  const provisional = await postgres.query<{ line: string }>(PROVISIONAL, { database });
  const exported = (period: string) =>
    client.text('/v1/ratings/export', { rulebook: RULEBOOK, period });
  return {
    texts: {
      [`export of ${PERIOD}`]: await exported(PERIOD),
      [`export of ${NEXT_PERIOD}`]: await exported(NEXT_PERIOD),
      'provisional ratings': provisional.map(({ line }) => line).join('\n'),
      'first run': await runText(client, runIds[0]!),
      'second run': await runText(client, runIds[1]!),
    },
  };
}

const PROVISIONAL = `
SELECT concat_ws(' | ', subject.code, r.period, r.revision, r.outcome, r.reasons, r.results, r.bands, r.grade, r.level,
  r.rank_value, r.benchmark_run_id IS NULL) AS line
FROM tanxiao.ratings r JOIN tanxiao.subjects subject ON subject.id = r.subject_id
WHERE r.run_id IS NULL ORDER BY 1`;

/** What differs, one sentence each. */
export function differences(seen: Outcome, expected: Outcome): string[] {
  return Object.entries(expected.texts).flatMap(([name, text]) => {
    const found = seen.texts[name] ?? '';
    if (found === text) return [];
    const lines = found.split('\n');
    const wanted = text.split('\n');
    const at = wanted.findIndex((line, index) => line !== lines[index]);
    return [
      `${name} differs from the fault-free one (${digest(found)} for ${digest(text)}), line ${at + 1}: ` +
        `"${lines[at]?.slice(0, 400) ?? ''}" for "${wanted[at]?.slice(0, 400) ?? ''}"`,
    ];
  });
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}

interface Counted extends Record<string, unknown> {
  readonly what: string;
  readonly n: number;
}

/** Lost or double, one sentence each. */
export async function lostOrDouble(
  { postgres, database }: Kept,
  workload: Workload,
  { receipts, uploadId, runIds }: Driven,
): Promise<string[]> {
  const rows = await postgres.query<Counted>(COUNTS, {
    database,
    values: [uploadId, runIds, [...receipts.values()].map(({ id }) => id)],
  });
  const { subjects, submissions } = expectedCounts(workload);
  const expected: Readonly<Record<string, number>> = {
    subjects,
    submissions,
    'accepted submissions kept': receipts.size,
    'rows of the upload kept': workload.rows,
    'uploads done with all rows': 1,
    uploads: 1,
    'submissions with exactly one provisional rating': submissions,
    'provisional ratings': submissions,
    'ratings of the runs': 2 * subjects,
    'subjects rated in a run': 2 * subjects,
    runs: 2,
    publications: 2,
    'recorded failures': 0,
    'rows in the outbox': 0,
  };
  const seen = new Map(rows.map(({ what, n }) => [what, n]));
  return Object.entries(expected).flatMap(([what, count]) =>
    seen.get(what) === count ? [] : [`${what}: ${seen.get(what) ?? 'not counted'} for ${count}`],
  );
}

const COUNTS = `
SELECT 'subjects' AS what, count(*)::int AS n FROM tanxiao.subjects
UNION ALL SELECT 'submissions', count(*)::int FROM tanxiao.submissions
UNION ALL SELECT 'accepted submissions kept', count(*)::int FROM tanxiao.submissions WHERE id = ANY ($3::uuid[])
UNION ALL SELECT 'rows of the upload kept', count(DISTINCT row_number)::int FROM tanxiao.submissions WHERE upload_id = $1::uuid
UNION ALL SELECT 'uploads done with all rows', count(*)::int FROM tanxiao.uploads
  WHERE state = 'done' AND rows_rejected = 0 AND rows_read = rows_accepted
    AND rows_accepted = (SELECT count(*) FROM tanxiao.submissions s WHERE s.upload_id = uploads.id)
UNION ALL SELECT 'uploads', count(*)::int FROM tanxiao.uploads
UNION ALL SELECT 'submissions with exactly one provisional rating', count(*)::int FROM (
  SELECT s.id FROM tanxiao.submissions s JOIN tanxiao.ratings r ON r.submission_id = s.id AND r.run_id IS NULL
  GROUP BY s.id HAVING count(*) = 1) once
UNION ALL SELECT 'provisional ratings', count(*)::int FROM tanxiao.ratings WHERE run_id IS NULL
UNION ALL SELECT 'ratings of the runs', count(*)::int FROM tanxiao.ratings WHERE run_id = ANY ($2::uuid[])
UNION ALL SELECT 'subjects rated in a run', count(*)::int FROM (
  SELECT DISTINCT run_id, subject_id FROM tanxiao.ratings WHERE run_id = ANY ($2::uuid[])) x
UNION ALL SELECT 'runs', count(*)::int FROM tanxiao.runs
UNION ALL SELECT 'publications', count(*)::int FROM tanxiao.publications
UNION ALL SELECT 'recorded failures', count(*)::int FROM tanxiao.rating_failures
UNION ALL SELECT 'rows in the outbox', count(*)::int FROM tanxiao.outbox`;
