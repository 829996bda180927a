/** The form of higher subjects as filled in by hand, by their ids: what no roll-up can know (a city's forests, its GDP). */
import type { Period } from '@tanxiao/contracts';
import { openSheet } from '@tanxiao/forms';

import { UsageError } from '../failures';

/** Cells by column, as written; nothing where the file has no row of the id. */
export type FilledCells = (id: string) => Readonly<Record<string, string>>;

export const FILLED_BY_NOBODY: FilledCells = () => ({});

/** A row that states a period counts in that one only. @throws UsageError, FileProblem */
export async function readFilled(file: string, period: Period): Promise<FilledCells> {
  const sheet = await openSheet({ path: file }, 'csv');
  const rows = new Map<string, Readonly<Record<string, string>>>();
  let header: readonly string[] | null = null;
  for await (const records of sheet.records()) {
    for (const { cells } of records) {
      if (header === null) {
        header = cells.map((name) => name.trim());
        if (!header.includes('local_id'))
          throw new UsageError({
            zh: `${file} 缺少列 local_id（列名见 tanxiao template --format csv）`,
            en: `${file} lacks the column local_id (columns as in tanxiao template --format csv)`,
          });
        continue;
      }
      const row = Object.fromEntries(header.map((name, at) => [name, (cells[at] ?? '').trim()]));
      if ((row.period ?? '') === '' || row.period === period.id) rows.set(row.local_id!, row);
    }
  }
  return (id) => rows.get(id) ?? {};
}
