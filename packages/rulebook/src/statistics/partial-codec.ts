/**
 * Partials as bytes, to be kept or sent: `TXBP`, the version of the form, eight bytes of the SHA-256 of what follows, and
 * the partial. 10,000 industrial subjects are some 100 kB, mostly the keys and totals of their peer groups.
 */
import { createHash } from 'node:crypto';

import type { OrderedPartial, Partial, StatisticPartial, TotalsPartial } from './partial';
import { ByteReader, ByteWriter } from './partial-bytes';

const MAGIC = 'TXBP';
/** Raised whenever bytes of the old form would be read wrongly: they are made again from their chunk. */
const VERSION = 1;
const DIGEST_BYTES = 8;
const HEAD_BYTES = MAGIC.length + 1 + DIGEST_BYTES;

/** Bytes that are no partial of this version, or not all of one. The chunk's partial has to be made again. */
export class PartialError extends Error {
  override readonly name = 'PartialError';

  constructor(
    readonly reason: 'foreign' | 'version' | 'damaged',
    message: string,
  ) {
    super(message);
  }
}

export function encodePartial({ rules, stage, subjects, statistics }: Partial): Buffer {
  const writer = new ByteWriter();
  writer.text(rules);
  writer.count(stage);
  writer.count(subjects);
  writer.count(statistics.length);
  for (const statistic of statistics) {
    writer.count(KINDS.indexOf(statistic.kind));
    if (statistic.kind === 'totals') writeTotals(writer, statistic);
    else writeOrdered(writer, statistic);
  }
  const body = writer.done();
  return Buffer.concat([Buffer.from(MAGIC), Buffer.from([VERSION]), digestOf(body), body]);
}

/** @throws PartialError where the bytes are no partial, of another version, or damaged */
export function decodePartial(bytes: Uint8Array): Partial {
  const all = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (all.subarray(0, MAGIC.length).toString('latin1') !== MAGIC)
    throw new PartialError('foreign', 'these bytes are no partial benchmarks');
  const version = all[MAGIC.length];
  if (version !== VERSION)
    throw new PartialError(
      'version',
      `partial benchmarks of version ${version ?? 'none'}, ${VERSION} is read here: make them again from their chunk`,
    );
  const body = all.subarray(HEAD_BYTES);
  if (!digestOf(body).equals(all.subarray(MAGIC.length + 1, HEAD_BYTES)))
    throw new PartialError(
      'damaged',
      `the ${all.length} bytes of partial benchmarks are damaged or not all there: make them again from their chunk`,
    );
  return readPartial(new ByteReader(body));
}

const KINDS: readonly StatisticPartial['kind'][] = ['totals', 'ordered'];

function readPartial(reader: ByteReader): Partial {
  return {
    rules: reader.text(),
    stage: reader.count(),
    subjects: reader.count(),
    statistics: reader.list(() =>
      KINDS[reader.count()] === 'totals' ? readTotals(reader) : readOrdered(reader),
    ),
  };
}

function writeTotals(writer: ByteWriter, { levels }: TotalsPartial): void {
  writer.count(levels.length);
  for (const groups of levels) {
    writer.count(groups.length);
    for (const { groupKey, size, numerator, denominator } of groups) {
      writer.text(groupKey);
      writer.count(size);
      writer.rational(numerator);
      writer.rational(denominator);
    }
  }
}

function readTotals(reader: ByteReader): TotalsPartial {
  const group = (): TotalsPartial['levels'][number][number] => ({
    groupKey: reader.text(),
    size: reader.count(),
    numerator: reader.rational(),
    denominator: reader.rational(),
  });
  return { kind: 'totals', levels: reader.list(() => reader.list(group)) };
}

function writeOrdered(writer: ByteWriter, partial: OrderedPartial): void {
  writer.count(partial.levels.length);
  for (const { groupKeys, groups } of partial.levels) {
    writer.count(groupKeys.length);
    for (const groupKey of groupKeys) writer.text(groupKey);
    writer.count(groups.length);
    for (const group of groups) writer.position(group);
  }
  writer.count(partial.positions.length);
  let before = 0;
  partial.positions.forEach((position, i) => {
    writer.count(position - before);
    writer.count(partial.atoms[i]!);
    before = position;
  });
  writer.doubles(partial.values);
  writer.doubles(partial.bounds);
}

function readOrdered(reader: ByteReader): OrderedPartial {
  const levels = reader.list(() => ({
    groupKeys: reader.list(() => reader.text()),
    groups: Int32Array.from(reader.list(() => reader.position())),
  }));
  const peers = reader.count();
  const positions = new Int32Array(peers);
  const atoms = new Int32Array(peers);
  for (let i = 0, before = 0; i < peers; i++) {
    before += reader.count();
    positions[i] = before;
    atoms[i] = reader.count();
  }
  const [values, bounds] = [reader.doubles(peers), reader.doubles(peers)];
  return { kind: 'ordered', levels, positions, atoms, values, bounds };
}

function digestOf(body: Buffer): Buffer {
  return createHash('sha256').update(body).digest().subarray(0, DIGEST_BYTES);
}
