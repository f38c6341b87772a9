/** Whether both lists of custom bounds are the same. */
export function customBoundsMatch(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((bound, i) => bound === b[i]));
}

/** The bounds that are in both lists, which rise. */
export function intersectBounds(a: readonly number[], b: readonly number[]): number[] {
  const common = new Set(b);
  return a.filter((bound) => common.has(bound));
}
