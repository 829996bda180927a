/**
 * A wall clock that can be set while the process runs, as an administrator or NTP sets a machine's. It replaces Date;
 * timers and `performance.now()` go by the monotonic clock, which a step leaves alone, here as on a real machine.
 */
const RealDate = Date;
let offsetMs = 0;

class MovableDate extends RealDate {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(MovableDate.now());
    else super(...(parts as [number]));
  }

  static override now(): number {
    return RealDate.now() + offsetMs;
  }

  /** Dates made before the clock was replaced are dates, too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Object.prototype.toString.call(value) === '[object Date]';
  }
}

/** From now on the process's clock is so far ahead (or behind) of the machine's. */
export function setClock(milliseconds: number): void {
  offsetMs = milliseconds;
  globalThis.Date = MovableDate as DateConstructor;
}
