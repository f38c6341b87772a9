/** Requests that we and a real Prometheus are both asked. */
import { END, START, STEP } from "./data_fixture.ts";

/** What is asked for. */
export interface ApiCall {
  /** Below `/api/v1/`. */
  readonly path: string;
  /** Of the address. */
  readonly query?: Parameters;
  /** Of a POST's body. */
  readonly form?: Parameters;
  /** The first version that answers so: what is new in Prometheus 3, or worded in another way. */
  readonly since?: number;
}

type Parameters = readonly (readonly [name: string, value: string])[] | string;

const NOW: Parameters = [["time", String((START + 40 * STEP) / 1000)]];
const LATER: Parameters = [["time", "1700000605.700"]];

function query(text: string, more: Parameters = NOW): ApiCall {
  return { path: "query", query: [["query", text], ...(more as [string, string][])] };
}

function range(text: string, start: string, end: string, step: string): ApiCall {
  return {
    path: "query_range",
    query: [["query", text], ["start", start], ["end", end], ["step", step]],
  };
}

const new3 = (call: ApiCall): ApiCall => ({ ...call, since: 3 });

const QUERIES: readonly ApiCall[] = [
  query("odd_value"),
  query("-odd_value"),
  query("text", LATER),
  query("1e21"),
  query("1e-7"),
  query("-0"),
  query("1/0"),
  query("0/0"),
  query('"a<b>&c\n\u2028é"'),
  query('"a\\"\\\\"'),
  new3(query('"\b\f"')),
  new3(query("label_replace(vector(1), 'x', '<&>', '', '')")),
  query("vector(time())", [["time", "12.340"]]),
  query("time()", [["time", "12.340"]]),
  query("time()", [["time", "-1.5"]]),
  query("time()", [["time", "1e3"]]),
  query("time()", [["time", "1_000"]]),
  query("time()", [["time", "1700000600.7815"]]),
  query("time()", [["time", "2023-11-14T22:23:20.781Z"]]),
  query("time()", [["time", "2023-11-14T22:23:20,781123+01:30"]]),
  query("time()", [["time", "2023-11-14T2:23:20Z"]]),
  query("nonexistent"),
  query("http_requests_total{code='200'}[90s]", LATER),
  query("sum by (method) (http_requests_total)"),
  query("max_over_time(temperature_celsius[3m1s]) > 0"),
  new3(query("sum by (method) (rate(http_requests_total[5m]))")),
  query("topk(1, temperature_celsius)"),
  query("histogram_quantile(0.9, latency_seconds_bucket)"),
  query("sort_desc(temperature_celsius)"),
  query("up", [["timeout", "abc"]]),
  query("text", [["timeout", "1m"], ...NOW]),
  query("text", [["lookback_delta", "-1"], ...LATER]),
  new3(query("text", [["lookback_delta", "1s"], ...LATER])),
  new3(query("text", [["lookback_delta", "abc"], ...LATER])),
  new3(query("odd_value", [["limit", "2"], ...NOW])),
  query("odd_value", [["limit", "0"], ...NOW]),
  new3(query("odd_value", [["limit", "x\n"], ...NOW])),
  new3(query("odd_value", [["limit", "-1"], ...NOW])),
  new3(query("odd_value", [["limit", "99999999999999999999"], ...NOW])),
  new3(query("rate(temperature_celsius[5m])")),
  new3(query("sum(rate(odd_value[5m])) + quantile(7, text)")),
  { path: "query", form: [["query", "text"], ...NOW] },
  { path: "query", query: [["query", "1"], ...NOW], form: [["query", "2"]] },
  { path: "query", query: "query=1&query=2&time=1" },
  { path: "query", query: "query=1+%2B%201&time=1&x=%zz" },
];

const BAD_QUERIES: readonly ApiCall[] = [
  query("<"),
  query("sum(text,"),
  query("text{"),
  query("foo bar"),
  query("%"),
  query("rate(text)"),
  query("label_replace(odd_value, 'kind', 'x', '', '')"),
  new3(query('{__name__=~"("}')),
  new3(query("")),
  new3(query("time()", [["time", 'abc"<\né']])),
  new3(query("time()", [["time", "2023-02-30T22:23:20Z"]])),
  new3(query("time()", [["time", "0x10"]])),
];

const RANGES: readonly ApiCall[] = [
  range("text", "1700000600", "1700000630", "15"),
  range("text", "1700000600.1", "1700000630", "15s"),
  range("http_requests_total", String(START / 1000), String(END / 1000), "1m"),
  range("sum(http_requests_total) by (code) / 3", "1700000100", "1700001000", "45s"),
  new3(range("sum(rate(http_requests_total[2m])) by (code)", "1700000100", "1700001000", "45s")),
  range("odd_value", "1700000600", "1700000600", "1"),
  range("1", "1", "1.5", "0.0105"),
  range("1", "0", "11000.9", "1"),
  range("1", "0", "11001", "1"),
  range("1", "x", "1", "1"),
  range("1", "1", "", "1"),
  range("1", "2", "1", "1"),
  range("1", "1", "2", ""),
  range("1", "1", "2", "0"),
  range("1", "1", "2", "-1"),
  range("1", "1", "2", "NaN"),
  range("1", "1", "2", "Inf"),
  range("1", "1", "2", "0.5m"),
  range("1", "1", "2", "1e30"),
  range("nonexistent", "1", "2", "1"),
  new3(range("text +", "1", "2", "1")),
  new3(range('"a"', "1", "2", "1")),
  new3(range("text[1m]", "1", "2", "1")),
  { path: "query_range", form: "query=text&start=1700000600&end=1700000630&step=15" },
  new3({
    path: "query_range",
    query: "query=odd_value&start=1700000600&end=1700000630&step=15&limit=1",
  }),
];

const LABELS: readonly ApiCall[] = [
  { path: "labels" },
  { path: "labels", query: [["match[]", "text"]] },
  { path: "labels", query: [["match[]", "text"]], form: [["match[]", "odd_value"]] },
  { path: "labels", query: [["match[]", "{"]] },
  { path: "labels", query: [["match[]", "{}"]] },
  { path: "labels", query: [["match[]", '{job=~".*"}']] },
  { path: "labels", query: "start=1&end=2" },
  { path: "labels", query: "start=2&end=1" },
  {
    path: "labels",
    query: "start=-292273086-05-16T16:47:06Z&end=292277025-08-18T07:12:54.999999999Z",
  },
  { path: "label/__name__/values" },
  { path: "label/quoted/values" },
  { path: "label/nonexistent/values" },
  { path: "label/code/values", query: [["match[]", "http_requests_total"], ["match[]", "text"]] },
  { path: "label/job/values", query: [["match[]", "{"]] },
  new3({ path: "label/U__co_64_e/values" }),
  { path: "label/%ff/values" },
  { path: "label/x%2Fy/values" },
  { path: "series" },
  { path: "series", query: [["match[]", "{"]] },
  { path: "series", query: [["match[]", "{}"]] },
  { path: "series", query: [["match[]", "text"], ["limit", "0"]] },
  { path: "series", query: [["match[]", "odd_value"]] },
  { path: "series", query: [["match[]", "text"], ["match[]", '{job="echo"}']] },
  { path: "series", query: [["match[]", "text"], ["end", "1700000000.780"]] },
  { path: "series", query: [["match[]", "text"], ["end", "1700000000.781"]] },
  { path: "series", query: "match[]=text&%zz" },
  { path: "series", query: "match[]=text;a=b" },
  { path: "series", form: "match[]=text" },
  { path: "series", form: "match[]=%z" },
  new3({ path: "labels", query: "limit=2" }),
  new3({ path: "labels", query: "start=x" }),
  new3({ path: "label/kind/values", query: "limit=2" }),
  new3({ path: "label/kind/values", query: "limit=two" }),
  new3({ path: "label/a.b/values" }),
  new3({ path: "series", query: "match[]=odd_value&match[]=text&limit=2" }),
  new3({ path: "series", query: "match[]=" }),
];

const OTHERS: readonly ApiCall[] = [
  { path: "" },
  { path: "nothing" },
  { path: "metadata", query: "limit=x" },
  new3({ path: "metadata", query: "limit_per_metric=x" }),
  { path: "query_exemplars", query: "query=text" },
  { path: "query_exemplars", query: "query=1" },
  { path: "query_exemplars", query: "query=text&start=2&end=1" },
  { path: "query_exemplars", query: "query=%28" },
  { path: "alerts" },
  { path: "rules" },
  { path: "rules", query: "type=x<" },
  { path: "rules", query: "type=AlErT" },
  new3({ path: "rules", query: "exclude_alerts=x" }),
  new3({ path: "rules", query: "group_limit=x" }),
  new3({ path: "rules", query: "group_limit=0" }),
  new3({ path: "rules", query: "group_limit=99999999999" }),
  new3({ path: "rules", query: "group_next_token=x" }),
  new3({ path: "rules", query: "group_limit=1&group_next_token=x" }),
  new3({ path: "rules", query: [["match[]", "{"]] }),
  new3({ path: "targets" }),
  new3({ path: "targets", query: "state=active" }),
  { path: "scrape_pools" },
  { path: "format_query", query: "query=sum(a)by(b)>c" },
  { path: "format_query", form: "query=%28" },
];

/** Everything of theirs that we answer. */
export const CALLS: readonly ApiCall[] = [
  ...QUERIES,
  ...BAD_QUERIES,
  ...RANGES,
  ...LABELS,
  ...OTHERS,
];

/** Asks the API below `url`. */
export function ask(url: string, { path, query, form }: ApiCall): Promise<Response> {
  const search = query === undefined ? "" : `?${encode(query)}`;
  const address = `${url}/api/v1/${path}${search}`;
  if (form === undefined) return fetch(address);
  return fetch(address, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: encode(form),
  });
}

function encode(parameters: Parameters): string {
  if (typeof parameters === "string") return parameters;
  return new URLSearchParams(parameters.map(([name, value]) => [name, value])).toString();
}
