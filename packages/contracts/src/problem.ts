/** Problem details (RFC 9457): the one shape of every error answer, with every problem type in one table. */
import { z } from 'zod';

import { type Issue, issueSchema, issueView } from './issue';
import { type Bilingual, fill, type Language } from './language';

interface ProblemText {
  readonly status: number;
  readonly title: Bilingual;
  readonly detail: Bilingual;
}

export const PROBLEMS = {
  'invalid-json': {
    status: 400,
    title: { zh: '请求体不是合法的 JSON', en: 'The body is not valid JSON' },
    detail: { zh: '{reason}', en: '{reason}' },
  },
  'invalid-request': {
    status: 400,
    title: { zh: '请求不合要求', en: 'The request is not as required' },
    detail: { zh: '共 {count} 处错误，见 errors', en: '{count} errors, see errors' },
  },
  'invalid-submission': {
    status: 422,
    title: { zh: '填报数据有误', en: 'The submitted data have errors' },
    detail: {
      zh: '共 {count} 处错误，见 errors；未保存任何数据',
      en: '{count} errors, see errors; nothing was kept',
    },
  },
  'invalid-file': {
    status: 422,
    title: { zh: '无法读取该文件', en: 'The file cannot be read' },
    detail: { zh: '{reasonZh}', en: '{reasonEn}' },
  },
  'invalid-document': {
    status: 422,
    title: { zh: '评价规范或因子集有误', en: 'The rulebook or factor set is not valid' },
    detail: { zh: '共 {count} 处错误，见 errors', en: '{count} problems, see errors' },
  },
  'too-costly': {
    status: 422,
    title: { zh: '超出单次请求的限额', en: 'More than one request may take' },
    detail: { zh: '{reasonZh}', en: '{reasonEn}' },
  },
  'not-found': {
    status: 404,
    title: { zh: '找不到', en: 'Not found' },
    detail: { zh: '{what} 不存在', en: '{what} does not exist' },
  },
  'method-not-allowed': {
    status: 405,
    title: { zh: '不支持该方法', en: 'Method not allowed' },
    detail: { zh: '此地址只支持 {allowed}', en: 'this address answers {allowed} only' },
  },
  'not-acceptable': {
    status: 406,
    title: { zh: '没有所要求的格式', en: 'Not acceptable' },
    detail: { zh: '可用格式：{available}', en: 'available: {available}' },
  },
  conflict: {
    status: 409,
    title: { zh: '与当前状态冲突', en: 'Conflict' },
    detail: { zh: '{reasonZh}', en: '{reasonEn}' },
  },
  'second-person-needed': {
    status: 403,
    title: { zh: '须由另一人审批', en: 'Another person decides' },
    detail: {
      zh: '提案须由提出人以外的人审批；姓名的全角半角、大小写和空格不作区别',
      en: 'a proposal is decided by another person than its proposer; width, letter case and spaces make no other person',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    title: { zh: '幂等键已用于另一请求', en: 'Idempotency key used for another request' },
    detail: {
      zh: '同一个 Idempotency-Key 只能用于内容相同的请求；请换一个键',
      en: 'an Idempotency-Key stands for one request with one content; use another key',
    },
  },
  'idempotency-in-progress': {
    status: 409,
    title: { zh: '同一请求正在处理', en: 'The same request is in progress' },
    detail: { zh: '请稍候用同一个键重试', en: 'retry with the same key in a moment' },
  },
  'payload-too-large': {
    status: 413,
    title: { zh: '请求体过大', en: 'The body is too large' },
    detail: { zh: '上限 {limit}', en: 'the limit is {limit}' },
  },
  'unsupported-media-type': {
    status: 415,
    title: { zh: '不支持的内容类型', en: 'Unsupported media type' },
    detail: { zh: '可用：{available}', en: 'available: {available}' },
  },
  'malformed-request': {
    status: 400,
    title: { zh: '请求不符合 HTTP', en: 'The request is not proper HTTP' },
    detail: { zh: '{reasonZh}', en: '{reasonEn}' },
  },
  'not-this-host': {
    status: 403,
    title: { zh: '只接受本机的请求', en: 'Requests of this machine only' },
    detail: { zh: '{reasonZh}', en: '{reasonEn}' },
  },
  'request-timeout': {
    status: 408,
    title: { zh: '请求发送过慢', en: 'The request came too slowly' },
    detail: {
      zh: '{limit} 秒内没有收到完整的请求，请重试',
      en: 'it was not complete within {limit} seconds; send it again',
    },
  },
  'too-many-at-once': {
    status: 429,
    title: { zh: '同时处理的请求过多', en: 'Too many at once' },
    detail: {
      zh: '此类请求最多同时处理 {limit} 个，请稍后重试',
      en: 'at most {limit} requests of this kind are served at once; retry in a moment',
    },
  },
  'too-much-at-once': {
    status: 429,
    title: { zh: '同时发送的数据过多', en: 'Too much at once' },
    detail: {
      zh: '正在处理的请求体已占满内存限额，等待 {limit} 秒仍未轮到；请稍后重试，或减小每次发送的数据量',
      en: 'the bodies being handled fill the memory set aside for them, and no room came within {limit} seconds; retry later, or send less at a time',
    },
  },
  'headers-too-large': {
    status: 431,
    title: { zh: '请求头过大', en: 'The headers are too large' },
    detail: {
      zh: '请求行与请求头合计上限 {limit}',
      en: 'request line and headers together have a limit of {limit}',
    },
  },
  'backlog-full': {
    status: 503,
    title: { zh: '待处理的数据过多', en: 'Too much is waiting' },
    detail: {
      zh: '{waitingZh}，暂不接收新数据；本次未保存任何内容，请按 Retry-After 稍后重试',
      en: '{waitingEn}, so no new data is taken for the moment; nothing of this request was kept, send it again after Retry-After seconds',
    },
  },
  unavailable: {
    status: 503,
    title: { zh: '服务暂不可用', en: 'Temporarily unavailable' },
    detail: { zh: '{reasonZh}，请稍后重试', en: '{reasonEn}; retry later' },
  },
  'internal-error': {
    status: 500,
    title: { zh: '内部错误', en: 'Internal error' },
    detail: {
      zh: '已记录，请求号 {requestId}',
      en: 'it has been recorded under request id {requestId}',
    },
  },
} as const satisfies Record<string, ProblemText>;

export type ProblemCode = keyof typeof PROBLEMS;

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string(),
    errors: z.array(issueSchema).optional(),
  })
  .meta({ id: 'Problem' });
export type ProblemView = z.infer<typeof problemSchema>;

/** Thrown anywhere in a request's handling; the API turns it into its answer. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly params: Readonly<Record<string, string>> = {},
    readonly issues: readonly Issue[] = [],
  ) {
    super(fill(PROBLEMS[code].detail, params).en);
    this.name = 'ProblemError';
  }

  get status(): number {
    return PROBLEMS[this.code].status;
  }
}

export function problemView(
  error: ProblemError,
  instance: string,
  language: Language,
): ProblemView {
  const { status, title, detail } = PROBLEMS[error.code];
  return {
    type: `urn:tanxiao:problem:${error.code}`,
    title: title[language],
    status,
    detail: fill(detail, { count: String(error.issues.length), ...error.params })[language],
    instance,
    ...(error.issues.length > 0
      ? { errors: error.issues.map((issue) => issueView(issue, language)) }
      : {}),
  };
}
