/** Well-formed queries that the fuzz test starts from, and the data that they find. */
import { SeededRandom } from "../testing/fuzz.ts";
import { createDataSet, DATA_END } from "./differential/data_set.ts";
import type { ValueType } from "./promql/ast.ts";
import { SIGNATURES } from "./promql/functions/signatures.ts";
import { QUERIES } from "./promql/parse/queries_fixture.ts";
import { Store } from "./store/store.ts";

/** Arguments of each type. */
const ARGUMENTS: Readonly<Record<ValueType, readonly string[]>> = {
  scalar: ["0.9", "2", "-1", "scalar(limit)", "time()", "NaN", "5m"],
  string: ['"code"', '"$1"', '"(.*)"', '"1.0"', '""'],
  vector: [
    'requests_total{code=~"2..|404"}',
    "temperature",
    "latency_seconds_bucket",
    "size_bytes",
    "depth",
    "custom_seconds",
    "odd_values",
    "mixed",
    "rate(requests_total[2m])",
    "sum by (le) (latency_seconds_bucket)",
    '{__name__=~"limit|up|mixed"}',
  ],
  matrix: [
    "requests_total[5m]",
    "temperature[1m:15s]",
    "size_bytes[3m] offset -1m",
    "depth[2m] @ end()",
    "mixed[10m]",
    "sparse[15m] offset 1m",
    "odd_values[90s]",
    "requests_total[5m] anchored",
    "temperature[step() * 4 + 1m]",
    "mixed[5m] smoothed",
    "(depth + mixed)[2m:]",
  ],
};

const AGGREGATIONS = [
  ..."sum avg min max count group stddev stdvar".split(" ").map((name) => `${name}(`),
  ..."topk bottomk limitk limit_ratio quantile".split(" ").map((name) => `${name}(0.6, `),
  'count_values("value", ',
].flatMap((head) => ["", " by (job, code)", " without (instance)"].map((tail) => [head, tail]));

const OPERATORS = "+ - * / % ^ atan2 == != > < >= <= ==bool >bool and or unless fill(0)+ </ >/"
  .split(" ")
  .map((one) => one.replace("bool", " bool ").replace(/^fill\(0\)\+$/, "+ fill (0)"));

const MATCHINGS = [
  "",
  "on (job) ",
  "ignoring (code) group_left () ",
  "on (job, instance) group_right ",
];

/** Queries with every function, aggregation and operator. */
export function corpus(): string[] {
  const random = new SeededRandom(1);
  const argument = (type: ValueType) => random.pick(ARGUMENTS[type]);
  const queries: string[] = [];
  for (const { name, arguments: types } of SIGNATURES.values()) {
    for (let i = 0; i < 4; i++) queries.push(`${name}(${types.map(argument).join(", ")})`);
  }
  for (const [head, tail] of AGGREGATIONS) queries.push(`${head}${argument("vector")})${tail}`);
  for (const operator of OPERATORS) {
    for (const matching of MATCHINGS) {
      queries.push(`${argument("vector")} ${operator} ${matching}${argument("vector")}`);
    }
    queries.push(`${argument("scalar")} ${operator} ${argument("vector")}`);
  }
  for (const vector of ARGUMENTS.vector) {
    queries.push(`max_over_time((${vector})[5m:30s] offset 1m)`, `${vector} offset 1m`);
  }
  return [...queries, ...ARGUMENTS.matrix, ...QUERIES];
}

/** Counters, gauges, gaps, and histograms of all kinds, an hour up to `DATA_END`. */
export function corpusStore(): Store {
  const store = new Store({ clock: () => DATA_END });
  const all = createDataSet(new SeededRandom(1), { hasHistograms: true, isAligned: true });
  for (const { labels, samples } of all) {
    const series = store.handle(labels);
    for (const { time, value } of samples) {
      store.append({
        source: labels.key,
        time,
        samples: [
          typeof value === "object"
            ? { series, value: NaN, histogram: value }
            : { series, value: value ?? NaN, stale: value === undefined },
        ],
      });
    }
  }
  return store;
}
