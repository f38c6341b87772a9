import { NOOP_RECORDER } from "../noop.ts";
import type { Recorder } from "../recorder.ts";
import type { Layer } from "./stack.ts";

/** How {@linkcode filter} compares. */
export interface FilterOptions {
  /** Whether `Debug` matches `debug`. Default false. */
  caseInsensitive?: boolean;
}

/**
 * Leaves out the metrics whose name contains one of `patterns`: their handles forget, their
 * descriptions are dropped. Patterns are plain text, found anywhere in the name.
 *
 * @throws {RangeError} when a pattern is empty, for that would leave out everything.
 */
export function filter(patterns: readonly string[], options: FilterOptions = {}): Layer {
  if (patterns.includes("")) {
    throw new RangeError("Cannot filter metrics: an empty pattern would leave out every metric");
  }
  const fold = (text: string) => options.caseInsensitive ? text.toLowerCase() : text;
  const folded = patterns.map(fold);
  return (inner) => {
    const recorderFor = (name: string): Recorder =>
      folded.some((pattern) => fold(name).includes(pattern)) ? NOOP_RECORDER : inner;
    return {
      describeCounter: (name, ...rest) => recorderFor(name).describeCounter(name, ...rest),
      describeGauge: (name, ...rest) => recorderFor(name).describeGauge(name, ...rest),
      describeHistogram: (name, ...rest) => recorderFor(name).describeHistogram(name, ...rest),
      registerCounter: (name, labels) => recorderFor(name).registerCounter(name, labels),
      registerGauge: (name, labels) => recorderFor(name).registerGauge(name, labels),
      registerHistogram: (name, labels) => recorderFor(name).registerHistogram(name, labels),
    };
  };
}
