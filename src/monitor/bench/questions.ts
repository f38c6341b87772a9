/**
 * What is asked in the comparison with Prometheus.
 *
 * @module
 */
import { DASHBOARDS } from "../../dashboards/embedded.ts";
import { panelsOf } from "../../dashboards/model.ts";
import { END, INTERVAL } from "./data.ts";

/** A request, and how often it is made in a round: what is short needs more for a steady figure. */
export interface Question {
  readonly name: string;
  /** Below `/api/v1/`. */
  readonly path: string;
  readonly repeat: number;
}

const HOUR = 3_600_000;

function request(path: string, parameters: Readonly<Record<string, string | number>>): string {
  const pairs = Object.entries(parameters).map(([name, value]) => [name, String(value)]);
  return `${path}?${new URLSearchParams(pairs)}`;
}

function range(query: string, ms: number): string {
  return request("query_range", {
    query,
    start: (END - ms) / 1000,
    end: END / 1000,
    step: INTERVAL / 1000,
  });
}

function instant(query: string): string {
  return request("query", { query, time: END / 1000 });
}

const SPAN = { start: (END - HOUR) / 1000, end: END / 1000 };

/** Many series at once: one hour at 15 s. */
export const LARGE: readonly Question[] = [
  {
    name: "sum by (grpc_method) (rate(…[5m])), 1,000 series",
    path: range("sum by (grpc_method) (rate(calls_total[5m]))", HOUR),
    repeat: 1,
  },
  {
    name: "histogram_quantile(0.99, sum by (le, grpc_method) (rate(…[5m]))), 200 histograms",
    path: range(
      "histogram_quantile(0.99, sum by (le, grpc_method) (rate(latency_seconds_bucket[5m])))",
      HOUR,
    ),
    repeat: 1,
  },
  { name: "1,000 series as they are", path: range("calls_total", HOUR), repeat: 1 },
];

/** What people and programs ask beside dashboards. */
export const SMALL: readonly Question[] = [
  {
    name: "instant: one series",
    path: instant('calls_total{instance="host-1", grpc_method="Method1"}'),
    repeat: 20,
  },
  { name: "instant: 1 + 1", path: instant("1 + 1"), repeat: 20 },
  { name: "instant: 1,000 series", path: instant("calls_total"), repeat: 5 },
  {
    name: "instant: sum by (grpc_method) (rate(…[5m])), 1,000 series",
    path: instant("sum by (grpc_method) (rate(calls_total[5m]))"),
    repeat: 5,
  },
  { name: "label values: instance", path: request("label/instance/values", SPAN), repeat: 10 },
  {
    name: "label values: grpc_method, of one metric",
    path: request("label/grpc_method/values", { "match[]": "calls_total", ...SPAN }),
    repeat: 10,
  },
  { name: "label names", path: request("labels", SPAN), repeat: 10 },
  {
    name: "series: 20 of one instance",
    path: request("series", { "match[]": 'calls_total{instance="host-1"}', ...SPAN }),
    repeat: 10,
  },
  {
    name: "series: 1,000 of one metric",
    path: request("series", { "match[]": "calls_total", ...SPAN }),
    repeat: 5,
  },
];

/** The expressions of all panels, each once, with all jobs, pods and methods: half an hour at 15 s. */
export function panelQuestions(): Question[] {
  const expressions = DASHBOARDS.flatMap(({ dashboard }) => panelsOf(dashboard))
    .flatMap(({ targets = [] }) => targets.map(({ expr = "" }) => expr));
  return [...new Set(expressions)].map((expression) => {
    const query = expression.replaceAll(/\$(job|pod|method)\b/g, ".*")
      .replaceAll("$__rate_interval", "1m");
    return { name: query, path: range(query, HOUR / 2), repeat: 4 };
  });
}
