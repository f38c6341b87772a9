/**
 * Matchers ask for values that a label can have, where all its values are known.
 *
 * @module
 */
import type { Expression } from "../expressions.ts";
import type { Finding } from "../finding.ts";
import { type MatcherReference, referencesIn } from "../references.ts";
import type { MethodKind } from "../../rpc/method.ts";
import { Status } from "../../rpc/status.ts";
import type { Schema, Series } from "../series.ts";
import { variablesIn } from "../stand_ins.ts";

const METHOD_KINDS: Readonly<Record<MethodKind, true>> = {
  "unary": true,
  "client_stream": true,
  "server_stream": true,
  "bidi_stream": true,
};

/** Finds matchers that no series can satisfy, such as `code="Ok"` or `le="0.3"`. */
export function checkValues(expressions: readonly Expression[], schema: Schema): Finding[] {
  return expressions.flatMap(({ where, text, promql }) =>
    referencesIn(promql).metrics.flatMap(({ name, matchers }) =>
      matchers.flatMap((matcher) => {
        const { label, from, to } = matcher;
        const values = valuesOf(label, schema.get(name));
        if (values === undefined || variablesIn(text.slice(from, to)).length > 0) return [];
        return wanted(matcher).filter((value) => !canBe(matcher, value, values)).map((value) => ({
          where,
          what: `'${label}' is never '${value}'; it is one of ${values.join(", ")}`,
          expression: text,
          at: { from, to },
        }));
      })
    )
  );
}

function valuesOf(label: string, series: Series | undefined): string[] | undefined {
  const { entry } = series ?? {};
  if (entry === undefined) return undefined;
  if (label === "grpc_code") return Object.keys(Status);
  if (label === "grpc_type") return Object.keys(METHOD_KINDS);
  if (label === "le" && "buckets" in entry) return [...entry.buckets.map(stored), "+Inf"];
  if (label === "quantile" && "quantiles" in entry) return entry.quantiles.map(stored);
  return undefined;
}

/** Prometheus 3 stores `le="1"` as `le="1.0"`. */
function stored(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** The values that a matcher names: the alternatives of a simple pattern, else the whole pattern. */
function wanted({ operator, value }: MatcherReference): string[] {
  const isPattern = operator.endsWith("~");
  return isPattern && !/[()[\]]/.test(value) ? value.split("|") : [value];
}

function canBe({ operator }: MatcherReference, value: string, values: readonly string[]): boolean {
  if (value === "") return true;
  if (!operator.endsWith("~")) return values.includes(value);
  const pattern = new RegExp(`^(?:${value})$`);
  // Prometheus 2 keeps '1' as it is: a pattern may name both.
  return values.some((one) => pattern.test(one) || pattern.test(one.replace(/\.0$/, "")));
}
