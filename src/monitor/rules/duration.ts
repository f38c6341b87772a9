const DURATION = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;
const UNITS = [31_536_000_000, 604_800_000, 86_400_000, 3_600_000, 60_000, 1000, 1];
/** What Prometheus holds, in milliseconds. */
const LONGEST = 2 ** 63 / 1e6;

/**
 * A duration as Prometheus' files have it (`1h30m`, `0`), in milliseconds. Throws an Error for anything
 * else.
 */
export function parseDuration(text: string): number {
  const parts = DURATION.exec(text === "0" ? "0s" : text);
  if (parts === null || text === "") {
    throw new Error(`'${text}' is no duration; expected one such as 30s or 1h30m`);
  }
  const ms = UNITS.reduce((sum, unit, i) => sum + unit * Number(parts[i + 1] ?? 0), 0);
  if (ms > LONGEST) throw new Error(`the duration '${text}' is too long`);
  return ms;
}
