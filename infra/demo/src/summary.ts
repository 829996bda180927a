/** What the demonstration prints: progress, the summary, and commands to try next. */
import type { Run, Upload } from '@tanxiao/client';

import { DISTRIBUTION, errorsOf, explanationOf, query, RANKINGS, RATINGS } from './addresses';
import type { QuarterResult } from './quarter-result';

const UPLOAD_STATES_ZH: Record<Upload['state'], string> = {
  receiving: '接收中',
  received: '已接收',
  checking: '校验中',
  importing: '导入中',
  done: '已导入',
  rejected: '已拒收',
  unreadable: '无法读取',
};

const RUN_STATES_ZH: Record<Run['state'], string> = {
  draft: '排队中',
  frozen: '计算行业平均',
  benchmarked: '评价中',
  scored: '排名中',
  ranked: '已排名',
  'under-notice': '公示中',
  published: '已发布',
  cancelled: '已取消',
  failed: '失败',
};

export function uploadLine(period: string, { state, rows }: Upload): string {
  return `${period} ${UPLOAD_STATES_ZH[state]} ${state}: 读取 read ${rows.read}, 接收 accepted ${rows.accepted}, 退回 rejected ${rows.rejected}, 已有评价 with a rating ${rows.rated}`;
}

export function runLine(period: string, { state, subjects }: Run): string {
  return `${period} ${RUN_STATES_ZH[state]} run ${state}: ${subjects.done}/${subjects.total}, 评级 rated ${subjects.rated}, 不予评级 not rated ${subjects.notRated}`;
}

/** As much of the API's distribution by grade as the chart shows. */
export interface GradeDistribution {
  readonly rated: number;
  readonly grades: readonly { readonly code: string; readonly title: { readonly zh: string } }[];
  readonly groups: readonly { readonly key: string; readonly total: number }[];
}

const COLUMN_WIDTH = 10;
const BAR_WIDTH = 40;

function cells(values: readonly (string | number)[]): string {
  return values.map((value) => String(value).padStart(COLUMN_WIDTH)).join('');
}

export function summaryTable(results: readonly QuarterResult[]): string[] {
  return [
    '    评价期      接收      退回      评级  不予评级',
    cells(['period', 'accepted', 'rejected', 'rated', 'not rated']),
    ...results.map(({ period, upload, run }) =>
      cells([
        ...[period, upload.rows.accepted, upload.rows.rejected],
        ...[run.subjects.rated, run.subjects.notRated],
      ]),
    ),
  ];
}

export function gradeChart(period: string, distribution: GradeDistribution): string[] {
  const totals = new Map(distribution.groups.map(({ key, total }) => [key, total]));
  const bars = distribution.grades.map(({ code, title }) => {
    const total = totals.get(code) ?? 0;
    const share = distribution.rated === 0 ? 0 : total / distribution.rated;
    const percent = (share * 100).toFixed(1);
    return `${title.zh} ${String(total).padStart(6)} ${percent.padStart(5)} % ${'█'.repeat(Math.round(share * BAR_WIDTH))}`;
  });
  return [`${period} 碳效等级 grades (1 最好 best):`, ...bars];
}

/** What the commands are about: the period just published. */
export interface JustPublished {
  readonly rulebook: string;
  readonly period: string;
  /** A rated enterprise's rating. */
  readonly ratingId: string;
  readonly uploadId: string;
}

/** Commands that work as they stand, against the data just published. */
export function nextCommands(url: string, published: JustPublished): string[] {
  const { rulebook, period, ratingId, uploadId } = published;
  const of = (more: Readonly<Record<string, string>>): string =>
    query({ rulebook, period, ...more });
  const commands: [what: string, address: string][] = [
    ['5 级企业 enterprises at grade 5', RATINGS + of({ grade: '5', limit: '5' })],
    ['纺织业排名 ranking of textiles', RANKINGS + of({ industry: '17', limit: '5' })],
    ['逐行说明一个评价 one rating, line by line', explanationOf(ratingId)],
    ['各区县分布 distribution by county', DISTRIBUTION + of({ by: 'region' })],
    ['行业分布 distribution by industry', DISTRIBUTION + of({ by: 'industry' })],
    ['退回的行，错在哪里 rejected rows, and why', errorsOf(uploadId) + query({ limit: '5' })],
  ];
  return commands.flatMap(([what, address]) => [`# ${what}`, `curl -s '${url}${address}'`]);
}
