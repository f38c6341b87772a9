/**
 * Names and types of functions, for the type check, completion and the evaluator.
 *
 * @module
 */
import type { ValueType } from "../ast.ts";

/** What a function takes and gives. */
export interface Signature {
  readonly name: string;
  readonly arguments: readonly ValueType[];
  /** How many of the last arguments may be left out; -1: the last may come any number of times. */
  readonly variadic: number;
  readonly returns: ValueType;
  /** Whether Prometheus wants `--enable-feature=promql-experimental-functions` for it. */
  readonly experimental: boolean;
}
