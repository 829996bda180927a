/** POST /v1/rulebook-proposals: a text is checked in full, then kept for another person to decide. */
import { ProblemError, type proposalRequestSchema } from '@tanxiao/contracts';
import type { Standards } from '@tanxiao/standards';
import {
  createProposal,
  findDocumentVersion,
  getProposal,
  StoreError,
  type Transaction,
} from '@tanxiao/store';
import type { z } from 'zod';

import { ACTOR } from '../context';
import { answerOnce, fingerprintOf } from '../http/idempotency';
import type { JsonBody } from '../http/json-body';
import type { Call } from '../http/route';
import type { SoundDocument } from './check-document';
import { examinedText, rememberCheck } from './examine-proposal';
import { issuesOf, proposalView } from './proposal-view';
import { rulebookWarnings } from './warnings';

type Proposed = z.output<typeof proposalRequestSchema>;

export async function postProposal(
  call: Call<unknown, unknown, JsonBody<Proposed>>,
): Promise<void> {
  const { value, textIssues, sha256 } = call.body;
  if (textIssues.length > 0) throw new ProblemError('invalid-request', {}, textIssues);
  const { kind, text, reason, proposedBy } = value;
  const check = await examinedText(call.context, value);
  if (!check.sound) throw new ProblemError('invalid-document', {}, issuesOf(check.problems));
  const { document } = check;
  refuseShipped(call.context.standards, kind, document);
  const warnings = kind === 'rulebook' ? await rulebookWarnings(call.context, document) : [];
  await answerOnce(call, fingerprintOf('POST /v1/rulebook-proposals', sha256), async (tx) => {
    await refuseKept(tx, kind, document);
    const { id: documentId, version, hash } = document;
    const id = await createProposal(
      tx,
      { kind, document: { id: documentId, version, hash, text }, reason, proposedBy },
      { actor: ACTOR, requestId: call.requestId },
    ).catch((error: unknown) => {
      throw error instanceof StoreError ? conflict(error.text.zh, error.text.en) : error;
    });
    const row = (await getProposal(tx, id))!;
    rememberCheck(call.context.standards, id, check);
    call.response.location(`/v1/rulebook-proposals/${id}`);
    return { status: 201, body: proposalView({ row, text, check, warnings }, call.language) };
  });
}

function refuseShipped(
  { rulebooks, factorSets }: Standards,
  kind: Proposed['kind'],
  { id, version, hash }: SoundDocument,
): void {
  const known = kind === 'rulebook' ? rulebooks : factorSets;
  const same = known.find((one) => one.id === id && one.version === version);
  if (same) throw versionTaken({ id, version }, same.hash === hash);
}

/** Also a version that no longer ships: ratings were made with it. */
async function refuseKept(
  tx: Transaction,
  kind: Proposed['kind'],
  { id, version, hash }: SoundDocument,
): Promise<void> {
  const kept = await findDocumentVersion(tx, { kind, id, version });
  if (kept !== null && kept !== hash) throw versionTaken({ id, version }, false);
}

function versionTaken(
  { id, version }: { readonly id: string; readonly version: string },
  same: boolean,
): ProblemError {
  return same
    ? conflict(
        `${id} ${version} 就是这一文本，已经在用`,
        `${id} ${version} with this very text is in use already`,
      )
    : conflict(
        `${id} ${version} 已以另一文本在用；评级要能永远重算，修改内容须使用新的版本号`,
        `${id} ${version} is in use with another text; ratings must stay replayable, so a changed text needs a new version`,
      );
}

function conflict(reasonZh: string, reasonEn: string): ProblemError {
  return new ProblemError('conflict', { reasonZh, reasonEn });
}
