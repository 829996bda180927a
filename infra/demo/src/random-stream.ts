/**
 * Seeded randomness that is the same on every machine: sfc32 seeded by a hash of a key. Each enterprise, and each
 * enterprise's quarter, has a stream of its own key, so nothing depends on the order in which things are made.
 *
 * Only + - * / and integer operations, which IEEE 754 and ECMAScript fix to the bit: Math.log, Math.exp and Math.cos
 * are implementation-approximated, and a made city that differs between machines could not be compared.
 */

/** 128 bits of seed from a text (four multiplicative hashes with different odd constants). */
function seedOf(key: string): [number, number, number, number] {
  let [a, b, c, d] = [0x9e3779b9, 0x243f6a88, 0xb7e15162, 0x6a09e667];
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x85ebca6b) + b;
    b = Math.imul(b ^ unit, 0xc2b2ae35) + c;
    c = Math.imul(c ^ unit, 0x27d4eb2f) + d;
    d = Math.imul(d ^ unit, 0x165667b1) + a;
  }
  return [a | 0, b | 0, c | 0, d | 0];
}

/** e^x for |x| < 100 or so: a Taylor series after halving the argument until it is small. */
export function exponential(x: number): number {
  let argument = x;
  let doublings = 0;
  while (argument > 0.25 || argument < -0.25) {
    argument /= 2;
    doublings += 1;
  }
  let term = 1;
  let sum = 1;
  for (let n = 1; n <= 12; n++) {
    term = (term * argument) / n;
    sum += term;
  }
  for (; doublings > 0; doublings--) sum *= sum;
  return sum;
}

export class RandomStream {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;

  constructor(key: string) {
    [this.a, this.b, this.c, this.counter] = seedOf(key);
    // The first outputs of sfc32 still show the seed; 12 rounds are the customary warm-up.
    for (let i = 0; i < 12; i++) this.word();
  }

  /** 32 random bits (sfc32 of PractRand). */
  private word(): number {
    const sum = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** In [0, 1). */
  uniform(): number {
    return this.word() / 4294967296;
  }

  between(least: number, greatest: number): number {
    return least + (greatest - least) * this.uniform();
  }

  chance(probability: number): boolean {
    return this.uniform() < probability;
  }

  /** Near-normal, mean 0, variance 1: twelve uniforms less six (Irwin-Hall), never beyond 6. */
  normal(): number {
    let sum = -6;
    for (let i = 0; i < 12; i++) sum += this.uniform();
    return sum;
  }

  /** Log-normal; `spread` is the standard deviation of the logarithm. */
  logNormal({ median, spread }: { readonly median: number; readonly spread: number }): number {
    return median * exponential(spread * this.normal());
  }

  /** One of the items, in proportion to their weights. */
  pick<Item>(items: readonly Item[], weightOf: (item: Item) => number): Item {
    let left = this.uniform() * items.reduce((sum, item) => sum + weightOf(item), 0);
    for (const item of items) {
      left -= weightOf(item);
      if (left < 0) return item;
    }
    const last = items.at(-1);
    if (last === undefined) throw new RangeError('nothing to pick from');
    return last;
  }
}
