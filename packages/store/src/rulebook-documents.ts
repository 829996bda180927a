/** Rulebooks and factor sets as they were in force: kept whole under their hash, so that any rating can be replayed. */
import type { ProposalKind } from '@tanxiao/contracts';

import type { Queryable } from './connection';
import { StoreError } from './errors';
import type { Provenance } from './provenance';

export interface StandardDocument {
  /** sha256 of `text`, hex. */
  readonly hash: string;
  readonly id: string;
  readonly version: string;
  readonly text: string;
}

export interface KeptDocument extends StandardDocument {
  readonly keptAt: Date;
}

type DocumentTable = 'rulebook_documents' | 'factor_set_documents';

/**
 * Keeps rulebooks; those already there are left alone. Call it at every start, before anything is rated.
 * @throws StoreError `document-changed` where an id and version are known with another text: bump the version.
 */
export async function keepRulebookDocuments(
  db: Queryable,
  documents: readonly StandardDocument[],
  by: Provenance,
): Promise<void> {
  await keepDocuments(db, 'rulebook_documents', documents, by);
}

/** As {@link keepRulebookDocuments}, for factor sets. */
export async function keepFactorSetDocuments(
  db: Queryable,
  documents: readonly StandardDocument[],
  by: Provenance,
): Promise<void> {
  await keepDocuments(db, 'factor_set_documents', documents, by);
}

async function keepDocuments(
  db: Queryable,
  table: DocumentTable,
  documents: readonly StandardDocument[],
  by: Provenance,
): Promise<void> {
  for (const { hash, id, version, text } of documents) {
    await db.query(
      `INSERT INTO tanxiao.${table} (hash, id, version, text, actor, request_id)
       VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
      [hash, id, version, text, by.actor, by.requestId],
    );
    const { rows } = await db.query<{ hash: string }>(
      `SELECT hash FROM tanxiao.${table} WHERE id = $1 AND version = $2`,
      [id, version],
    );
    if (rows[0]?.hash !== hash)
      throw new StoreError('document-changed', {
        zh: `${id} ${version} 已以另一文本保存（${rows[0]?.hash ?? '无'}）；修改内容须使用新的版本号`,
        en: `${id} ${version} is kept with another text (${rows[0]?.hash ?? 'none'}); a changed text needs a new version`,
      });
  }
}

/** A rulebook by its hash, or null. */
export async function getRulebookDocument(
  db: Queryable,
  hash: string,
): Promise<KeptDocument | null> {
  return getDocument(db, 'rulebook_documents', hash);
}

/** A factor set by its hash, or null. */
export async function getFactorSetDocument(
  db: Queryable,
  hash: string,
): Promise<KeptDocument | null> {
  return getDocument(db, 'factor_set_documents', hash);
}

/** The hash under which a version is kept, whether it ships or was approved; null where it is not. */
export async function findDocumentVersion(
  db: Queryable,
  of: { readonly kind: ProposalKind; readonly id: string; readonly version: string },
): Promise<string | null> {
  const table: DocumentTable =
    of.kind === 'rulebook' ? 'rulebook_documents' : 'factor_set_documents';
  const { rows } = await db.query<{ hash: string }>(
    `SELECT hash FROM tanxiao.${table} WHERE id = $1 AND version = $2`,
    [of.id, of.version],
  );
  return rows[0]?.hash ?? null;
}

async function getDocument(
  db: Queryable,
  table: DocumentTable,
  hash: string,
): Promise<KeptDocument | null> {
  const { rows } = await db.query<KeptDocument>(
    `SELECT hash, id, version, text, kept_at AS "keptAt" FROM tanxiao.${table} WHERE hash = $1`,
    [hash],
  );
  return rows[0] ?? null;
}
