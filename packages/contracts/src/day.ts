/** Days on which rules take force: calendar days of China, wherever the machine stands. */

/** China Standard Time, without daylight saving since 1991. */
const CHINA_AHEAD_OF_UTC_MS = 8 * 3_600_000;

/** The day in China at an instant, ISO 8601. */
export function dayInChina(instant: Date): string {
  return new Date(instant.getTime() + CHINA_AHEAD_OF_UTC_MS).toISOString().slice(0, 10);
}
