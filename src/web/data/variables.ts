import type { Choice, Variable } from "../model/dashboard.ts";
import { interpolate, type Scope, withBuiltins } from "../model/interpolate.ts";
import type { Labels } from "./answers.ts";
import { choicesOf } from "./choices.ts";
import type { AskOptions, PrometheusClient } from "./client.ts";
import { metricText } from "./legend.ts";
import type { TimeRange } from "./series.ts";
import { builtins, stepFor } from "./steps.ts";

/** What a variable's query is asked with. */
export interface VariableRun extends AskOptions {
  readonly scope: Scope;
  readonly range: TimeRange;
  readonly scrapeSeconds?: number;
}

/**
 * What a query variable offers: `label_values(…)`, `label_names()`, `metrics(…)`, `query_result(…)` or a
 * selector, then its regular expression and its order. Rejects with an AskError, or with a SyntaxError
 * that says so where the regular expression is none.
 */
export async function variableOptions(
  client: PrometheusClient,
  variable: Variable,
  run: VariableRun,
): Promise<Choice[]> {
  const { range, scrapeSeconds = 15 } = run;
  const steps = stepFor({ range, points: 1000, scrapeSeconds });
  const scope = withBuiltins(run.scope, builtins(steps, range));
  const texts = await find(client, interpolate(variable.query, scope).trim(), run);
  return choicesOf(texts, interpolate(variable.regex ?? "", scope, "raw"), variable.sort);
}

const LABEL_VALUES = /^label_values\((?:(.+),)?\s*("[^"]+"|[^\s"(){},]+)\s*\)$/s;

async function find(
  client: PrometheusClient,
  query: string,
  { range, signal }: VariableRun,
): Promise<readonly string[]> {
  const where = { range, signal };
  const values = LABEL_VALUES.exec(query);
  if (values !== null) {
    const [, selector = "", label = ""] = values;
    const match = isAny(selector.trim()) ? [] : [selector.trim()];
    return await client.labelValues(label.replaceAll('"', ""), { ...where, match });
  }
  const [, call, inside = ""] = /^(label_names|metrics|query_result)\((.*)\)$/s.exec(query) ?? [];
  const argument = inside.trim();
  switch (call) {
    case "label_names":
      return await client.labelNames(argument === "" ? where : { ...where, match: [argument] });
    case "metrics": {
      const names = await client.labelValues("__name__", where);
      const pattern = new RegExp(argument);
      return names.filter((name) => pattern.test(name));
    }
    case "query_result":
      return await results(client, argument, range.to, signal);
    default:
      return query === ""
        ? []
        : (await client.series({ ...where, match: [query] })).map(metricText);
  }
}

function isAny(selector: string): boolean {
  return selector === "" || /^\{\s*\}$/.test(selector);
}

/** `metric{label="value"} value time`, which the variable's regular expression takes apart. */
async function results(
  client: PrometheusClient,
  expr: string,
  time: number,
  signal: AbortSignal | undefined,
): Promise<string[]> {
  const { type, series } = await client.query(expr, { time, signal });
  return series.flatMap(({ metric, values = [] }) =>
    values.slice(-1).map(([seconds, value]) =>
      type === "vector" ? `${compactText(metric)} ${value} ${Math.round(seconds * 1000)}` : value
    )
  );
}

function compactText({ __name__: name = "", ...labels }: Labels): string {
  return `${name}{${
    Object.entries(labels).map(([label, value]) => `${label}="${value}"`).join(",")
  }}`;
}
