/**
 * Every label that an expression, a legend or the text of an alert asks for can be there.
 *
 * @module
 */
import type { Expression } from "../expressions.ts";
import type { Finding } from "../finding.ts";
import { resultLabels } from "../result_labels.ts";
import { list } from "../result_labels/inference.ts";
import type { Schema } from "../series.ts";

/** Finds labels that are asked for in vain. */
export function checkLabels(expressions: readonly Expression[], schema: Schema): Finding[] {
  return expressions.flatMap(({ where, text, promql, reads }) => {
    const { labels, problems } = resultLabels(promql, schema);
    const missing = typeof labels === "object"
      ? reads.filter((label) => label !== "__name__" && !labels.has(label))
      : [];
    return [
      ...problems.map(({ what, from, to }) => ({
        where,
        what,
        expression: text,
        at: { from, to },
      })),
      ...missing.map((label) => ({
        where,
        what: `its text reads the label '${label}', but the result has ${list(labels)}`,
        expression: text,
      })),
    ];
  });
}
