import { formatApiFloat, formatCompactFloat } from "../format_float.ts";
import {
  type Bucket,
  bucketAt,
  bucketCount,
  negativeBucket,
  positiveBucket,
  zeroBucket,
} from "./bounds.ts";
import type { FloatHistogram } from "./float_histogram.ts";

/** As PromQL prints a histogram in text: `{count:3, sum:4, [-2,-1):1, (1,2]:2}`. */
export function printHistogram(h: FloatHistogram): string {
  const parts = [`count:${formatCompactFloat(h.count)}`, `sum:${formatCompactFloat(h.sum)}`];
  // Not the buckets of the API: a zero bucket below zero shows, and none ends where that begins.
  const buckets = [
    ...h.negative.indexes.map((_, i) => negativeBucket(h, i)).reverse(),
    zeroBucket(h),
    ...h.positive.indexes.map((_, i) => positiveBucket(h, i)),
  ];
  for (const bucket of buckets.filter(({ count }) => count !== 0)) {
    const open = bucket.lowerInclusive ? "[" : "(";
    const close = bucket.upperInclusive ? "]" : ")";
    const [lower, upper, count] = [bucket.lower, bucket.upper, bucket.count].map(
      formatCompactFloat,
    );
    parts.push(`${open}${lower},${upper}${close}:${count}`);
  }
  return `{${parts.join(", ")}}`;
}

/** A bucket of the HTTP API: which bounds it includes, its bounds, its count. */
export type BucketJson = readonly [
  rule: 0 | 1 | 2 | 3,
  lower: string,
  upper: string,
  count: string,
];

/** A histogram of the HTTP API. */
export interface HistogramJson {
  readonly count: string;
  readonly sum: string;
  /** By rising bounds, without empty ones; missing where all are empty. */
  readonly buckets?: readonly BucketJson[];
}

/**
 * As the HTTP API of Prometheus writes a histogram. The rule of a bucket is 0 where only the upper
 * bound is included, 1 where only the lower one is, 2 for neither, 3 for both.
 */
export function histogramToJson(h: FloatHistogram): HistogramJson {
  const buckets = filledBuckets(h).map((bucket): BucketJson => [
    boundaryRule(bucket),
    formatApiFloat(bucket.lower),
    formatApiFloat(bucket.upper),
    formatApiFloat(bucket.count),
  ]);
  return {
    count: formatApiFloat(h.count),
    sum: formatApiFloat(h.sum),
    ...(buckets.length > 0 && { buckets }),
  };
}

function boundaryRule({ lowerInclusive, upperInclusive }: Bucket): 0 | 1 | 2 | 3 {
  if (lowerInclusive) return upperInclusive ? 3 : 1;
  return upperInclusive ? 0 : 2;
}

function filledBuckets(h: FloatHistogram): Bucket[] {
  return Array.from({ length: bucketCount(h) }, (_, place) => bucketAt(h, place))
    .filter((bucket) => bucket.count !== 0);
}
