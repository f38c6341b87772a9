/** A time in milliseconds as Go writes it, without zeros at the end; undefined is Go's "never". */
export function dateText(ms: number | undefined): string {
  if (ms === undefined) return "0001-01-01T00:00:00Z";
  return new Date(ms).toISOString().replace(/\.?0*Z$/, "Z");
}
