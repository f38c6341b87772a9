import { DASHBOARDS } from "../dashboards/embedded.ts";
import { dashboardExpressions, type Expression } from "../dashboards/expressions.ts";

/** What a dashboard asks Prometheus, as Grafana would with "All" chosen everywhere. */
export interface Question {
  /** The first place where it stands. */
  readonly where: string;
  readonly promql: string;
}

const VARIABLE = /\$(?:(\w+)|\{(\w+)(?:[.:][^}]*)?\})/g;
/** Any metric of ours is scraped 12 times in it. */
const INTERVAL = "1m";

/** The expressions of all dashboards, each once. */
export function questions(): Question[] {
  const found = new Map<string, string>();
  for (const { dashboard } of DASHBOARDS) {
    for (const expression of dashboardExpressions(dashboard)) {
      const promql = filledIn(asked(expression));
      if (!found.has(promql)) found.set(promql, expression.where);
    }
  }
  return Array.from(found, ([promql, where]) => ({ promql, where }));
}

/** What of an expression goes to Prometheus: of `label_values(SELECTOR, LABEL)` the selector. */
function asked({ kind, text }: Expression): string {
  if (kind !== "variable") return text;
  return /^\s*label_values\(([^]*),\s*\w+\s*\)\s*$/.exec(text)?.[1] ?? text;
}

/** `text` with a value in place of every variable: all jobs, Pods and methods. */
export function filledIn(text: string): string {
  return text.replace(VARIABLE, (_variable, plain?: string, braced?: string) => {
    const name = plain ?? braced ?? "";
    return name.startsWith("__") ? INTERVAL : ".*";
  });
}
