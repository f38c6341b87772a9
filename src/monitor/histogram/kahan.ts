/**
 * What has been lost in a running sum, after `increment` was added to `sum` and gave `total`: Kahan's
 * summation as Neumaier improved it. The exact sum is nearer to `total + lost`. Nothing is lost in a
 * sum that overflowed.
 */
export function lostAfter(lost: number, sum: number, increment: number, total: number): number {
  if (total === Infinity || total === -Infinity) return 0;
  return lost +
    (Math.abs(sum) >= Math.abs(increment) ? (sum - total) + increment : (increment - total) + sum);
}
