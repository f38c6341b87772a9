/**
 * What the parts of the inference of labels share.
 *
 * @module
 */
import type { Span } from "../finding.ts";
import type { Schema } from "../series.ts";
import type { SyntaxNode } from "../syntax.ts";

/** The labels of a vector; `scalar` has none and takes part in no join; `unknown` hides no mistake twice. */
export type Labels = ReadonlySet<string> | "scalar" | "unknown";

/** A label where it cannot be. */
export interface LabelProblem extends Span {
  readonly what: string;
}

/** What the parts of the inference share. */
export interface Inference {
  readonly promql: string;
  readonly schema: Schema;
  readonly problem: (at: Span, what: string) => void;
  readonly labelsOf: (node: SyntaxNode) => Labels;
}

/** "job, pod", or "none". */
export function list(labels: Iterable<string>): string {
  return [...labels].sort().join(", ") || "none";
}
