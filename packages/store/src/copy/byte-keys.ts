/** Numbers byte strings in the order in which they first come, without a text for each time one comes again. */
export class ByteKeys {
  /** Open addressing; −1: free. At most half of them are taken. */
  private slots = new Int32Array(256).fill(-1);
  private hashes = new Int32Array(128);
  private bytes = Buffer.alloc(4096);
  /** By key: where it ends in `bytes`; it begins where the one before ends. */
  private ends = new Int32Array(128);
  private count = 0;

  get size(): number {
    return this.count;
  }

  idOf(source: Uint8Array, start: number, end: number): number {
    // FNV-1a.
    let hash = 0x811c9dc5 | 0;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ source[i]!, 0x01000193);
    const mask = this.slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = this.slots[slot]!;
      if (id === -1) return this.add(source.subarray(start, end), hash);
      if (this.hashes[id] === hash && this.isKey(id, source, start, end)) return id;
    }
  }

  private isKey(id: number, source: Uint8Array, start: number, end: number): boolean {
    const from = id === 0 ? 0 : this.ends[id - 1]!;
    if (this.ends[id]! - from !== end - start) return false;
    const { bytes } = this;
    for (let i = start, k = from; i < end; i++, k++) if (source[i] !== bytes[k]) return false;
    return true;
  }

  private add(key: Uint8Array, hash: number): number {
    if (this.count === this.ends.length) this.grow();
    const id = this.count++;
    const from = id === 0 ? 0 : this.ends[id - 1]!;
    const to = from + key.length;
    if (to > this.bytes.length)
      this.bytes = Buffer.concat([this.bytes, Buffer.alloc(Math.max(to, this.bytes.length))]);
    this.bytes.set(key, from);
    this.ends[id] = to;
    this.hashes[id] = hash;
    this.slots[this.freeSlot(hash)] = id;
    return id;
  }

  private freeSlot(hash: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] !== -1) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    const larger = this.ends.length * 2;
    const copied = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const array = new Int32Array(larger);
      array.set(old);
      return array;
    };
    this.ends = copied(this.ends);
    this.hashes = copied(this.hashes);
    this.slots = new Int32Array(larger * 2).fill(-1);
    for (let id = 0; id < this.count; id++) this.slots[this.freeSlot(this.hashes[id]!)] = id;
  }
}
