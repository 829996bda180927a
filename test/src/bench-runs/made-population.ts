/** A period's submissions, made (人工生成，非真实数据) and written straight into the tables: what is measured comes afterwards. */
import { newId } from '@tanxiao/contracts';
import { layoutOf, type Plan } from '@tanxiao/rulebook';
import {
  BinaryRowWriter,
  copyIn,
  inTransaction,
  keepFactorSetDocuments,
  keepRulebookDocuments,
  textField,
  uuidBytes,
} from '@tanxiao/store';
import type { Pool } from 'pg';

import { citySubjects } from '../bench/city-subjects';

const BY = { actor: 'bench', requestId: 'bench' };
/** Different companies; beyond these they come again under other codes. */
const DIFFERENT = 60_000;
const BATCH = 20_000;

export async function fillPeriod(pool: Pool, plan: Plan, count: number): Promise<void> {
  await keepRulebookDocuments(pool, [plan.rulebook], BY);
  await keepFactorSetDocuments(pool, [plan.factorSet], BY);
  const { rows } = await pool.query<{ id: number }>(
    `INSERT INTO tanxiao.input_layouts (hash, names, actor, request_id)
     VALUES (sha256(convert_to(array_to_string($1::text[], E'\\n'), 'UTF8')), $1, 'bench', 'bench') RETURNING id`,
    [layoutOf(plan.inputs)],
  );
  const layoutId = rows[0]!.id;
  const { subjects } = citySubjects(plan, Math.min(count, DIFFERENT));
  const columns = plan.inputs.map(() => new Float64Array(1));
  const [rulebook, period] = [plan.rulebook.id, plan.period.id].map(textField);
  const [actor, scheme] = ['bench', 'local'].map(textField);
  for (let first = 0; first < count; first += BATCH) {
    const size = Math.min(BATCH, count - first);
    const ofSubjects = new BinaryRowWriter(size * 100);
    const ofSubmissions = new BinaryRowWriter(size * 800);
    for (let i = 0; i < size; i++) {
      const made = subjects[(first + i) % subjects.length]!;
      const [subjectId, id] = [uuidBytes(newId()), uuidBytes(newId())];
      ofSubjects.row(5, 200);
      ofSubjects.uuidFrom(subjectId, 0);
      ofSubjects.encoded(scheme!);
      ofSubjects.encoded(textField(`bench-${first + i}`));
      ofSubjects.encoded(actor!);
      ofSubjects.encoded(actor!);
      ofSubmissions.row(12, 1200);
      ofSubmissions.uuidFrom(id, 0);
      ofSubmissions.uuidFrom(subjectId, 0);
      ofSubmissions.int4(layoutId);
      ofSubmissions.int4(1);
      ofSubmissions.encoded(rulebook!);
      ofSubmissions.encoded(period!);
      for (const text of [made.regionCode, made.industryClassification, made.industryCode])
        ofSubmissions.encoded(textField(text));
      ofSubmissions.encoded(actor!);
      ofSubmissions.encoded(actor!);
      made.inputs.forEach((value, k) => (columns[k]![0] = value ?? NaN));
      ofSubmissions.float8s(columns, 0);
    }
    await inTransaction(pool, async (tx) => {
      await copyIn(tx, 'tanxiao.subjects (id, scheme, code, actor, request_id)', ofSubjects.take());
      await copyIn(
        tx,
        `tanxiao.submissions (id, subject_id, layout_id, revision, rulebook_id, period, region_code, industry_classification,
           industry_code, actor, request_id, inputs)`,
        ofSubmissions.take(),
      );
    });
  }
}
