/**
 * Requests that take long over the data of `fleet_fixture.ts`: of every kind of work that there is.
 *
 * @module
 */

/** A request to the API. */
export interface HeavyRequest {
  readonly name: string;
  /** Below `/api/v1/`. */
  readonly path: string;
}

const HOUR = 3_600;

const RANGES = [
  "sum by (grpc_method) (rate(grpc_server_handling_seconds_bucket[5m]))",
  "histogram_quantile(0.99, sum by (le, grpc_method) (rate(grpc_server_handling_seconds_bucket[5m])))",
  "grpc_server_handled_total",
  "topk(10, rate(grpc_server_handled_total[1m]))",
  "quantile by (instance) (0.9, gauge)",
  "quantile_over_time(0.9, gauge[10m])",
  "max_over_time(sum by (instance) (rate(grpc_server_handled_total[1m]))[20m:15s])",
  "rate(grpc_server_handling_seconds_sum[5m]) / rate(grpc_server_handling_seconds_count[5m])",
  'grpc_server_handled_total{grpc_code="14"} * on (instance, grpc_method) group_left (kind) gauge{kind="19"}',
  'label_replace(gauge, "host", "$1", "instance", "(.*):.*")',
  'count_values by (instance) ("value", gauge{kind="19"})',
  "grpc_server_handled_total > 100 or gauge unless grpc_server_handling_seconds_count",
  "predict_linear(gauge[10m], 600)",
];

const INSTANTS = [
  '{__name__=~".+"}',
  'count({grpc_method=~".*[13579].*", instance!~"host-[0-3].*"})',
  "sort_desc(grpc_server_handling_seconds_bucket)",
  'sort_by_label(grpc_server_handling_seconds_bucket, "le", "grpc_method")',
  "grpc_server_handling_seconds_bucket[1h]",
  "quantile_over_time(0.9, grpc_server_handling_seconds_bucket[1h])",
  "absent_over_time(grpc_server_handling_seconds_bucket[1h])",
  'count by (__name__) ({job="echo"})',
  "changes(grpc_server_handling_seconds_bucket[1h] anchored)",
  // About as many steps as the limit on samples lets one series have.
  "mad_over_time((vector(time()) % 997)[1200000s:1s])",
  "quantile_over_time(0.9, (vector(time()) > 1e9)[1200000s:1s])",
  "max_over_time(histogram_quantile(0.9, sum by (le) (grpc_server_handling_seconds_bucket))[10m:1s])",
  'stddev_over_time(rate(grpc_server_handled_total{grpc_code="14"}[1m])[1h:1s])',
];

/** What is asked at `now`, milliseconds, of the hour before. */
export function heavyRequests(now: number): HeavyRequest[] {
  const end = String(now / 1000);
  const start = String(now / 1000 - HOUR);
  const request = (name: string, path: string, parameters: Record<string, string>) => ({
    name,
    path: `${path}?${new URLSearchParams(parameters)}`,
  });
  return [
    ...RANGES.map((query) =>
      request(`range: ${query}`, "query_range", { query, start, end, step: "15" })
    ),
    ...INSTANTS.map((query) => request(`instant: ${query}`, "query", { query, time: end })),
    request("series: all", "series", { "match[]": '{job="echo"}', start, end }),
    request("labels: of all", "labels", { "match[]": '{job="echo"}', start, end }),
    request("label values: of all", "label/grpc_method/values", {
      "match[]": '{job=~"e.*"}',
      start,
      end,
    }),
  ];
}
