/** Numbers that differ only by rounding. */

/** The relative difference that scripts allow. */
export const EPSILON = 1e-6;

const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** Whether `a` and `b` differ by less than their sum times `epsilon`. NaN equals NaN. */
export function almostEqual(a: number, b: number, epsilon = EPSILON): boolean {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return true;
  const sum = Math.abs(a) + Math.abs(b);
  const difference = Math.abs(a - b);
  if (a === 0 || b === 0 || sum < SMALLEST_NORMAL) return difference < epsilon * SMALLEST_NORMAL;
  return difference / Math.min(sum, Number.MAX_VALUE) < epsilon;
}
