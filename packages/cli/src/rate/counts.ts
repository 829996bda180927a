/** Counts of a rated file that add up: rows read = rated + not rated + rejected. */
import type { Bilingual } from '@tanxiao/contracts';

import type { FileRow } from './rated-file';

export class Counts {
  private rated = 0;
  private notRated = 0;
  private rejected = 0;
  private readonly reasons = new Map<string, number>();
  private readonly codes = new Map<string, number>();

  add(row: FileRow): void {
    if (row.kind === 'rejected') {
      this.rejected += 1;
      for (const code of new Set(row.issues.map((issue) => issue.code))) bump(this.codes, code);
    } else if (row.rating.rating.outcome === 'rated') {
      this.rated += 1;
    } else {
      this.notRated += 1;
      // The combination, so that these counts add up as well.
      bump(this.reasons, row.rating.rating.reasons.join(' + ') || '-');
    }
  }

  get rejectedRows(): number {
    return this.rejected;
  }

  get acceptedRows(): number {
    return this.rated + this.notRated;
  }

  summary(): Bilingual {
    const read = this.acceptedRows + this.rejected;
    const lines = (counts: ReadonlyMap<string, number>): string =>
      [...counts]
        .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
        .map(([code, count]) => `\n    ${count} ${code}`)
        .join('');
    return {
      zh:
        `读取 ${read} 行 = 已评级 ${this.rated} + 不予评级 ${this.notRated} + 退回 ${this.rejected}` +
        (this.notRated > 0 ? `\n  不予评级（按原因）：${lines(this.reasons)}` : '') +
        (this.rejected > 0 ? `\n  退回（含该类错误的行数）：${lines(this.codes)}` : ''),
      en:
        `${read} rows read = ${this.rated} rated + ${this.notRated} not rated + ${this.rejected} rejected` +
        (this.notRated > 0 ? `\n  not rated, by reason:${lines(this.reasons)}` : '') +
        (this.rejected > 0 ? `\n  rejected, rows with each error:${lines(this.codes)}` : ''),
    };
  }
}

function bump(counts: Map<string, number>, code: string): void {
  counts.set(code, (counts.get(code) ?? 0) + 1);
}
