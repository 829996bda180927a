/** A typed client of the Tanxiao API, its types generated from the OpenAPI document. */
export {
  type Explanation,
  type Proposal,
  type ProposalSummary,
  type Rating,
  type Replay,
  type Run,
  type SubmissionReceipt,
  TanxiaoClient,
  type Upload,
  type UploadRequest,
  type WaitOptions,
} from './client';
export { ClientError, ConnectionError, type Problem, WaitTimeoutError } from './errors';
export type { components, operations, paths } from './generated/api';
export type { ClientOptions } from './transport';
