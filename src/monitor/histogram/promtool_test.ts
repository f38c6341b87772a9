import { assertEquals } from "@std/assert";
import { testWithProgram } from "../../testing/programs.ts";
import { addHistograms, multiplyHistogram, subtractHistograms } from "./arithmetic.ts";
import { detectReset } from "./counter_reset.ts";
import type { FloatHistogram } from "./float_histogram.ts";
import { fraction } from "./fraction.ts";
import { parseHistogramNotation, printHistogramNotation } from "./notation.ts";
import { quantile } from "./quantile.ts";
import { average, standardDeviation, variance } from "./statistics.ts";
import { HistogramMean, HistogramSum } from "./sum.ts";

/** Pairs of histograms, the second of which could be the next sample of the first's series. */
const PAIRS: readonly [a: string, b: string][] = [
  [
    "{{schema:1 count:12 sum:3.75 z_bucket:2 z_bucket_w:0.01 offset:-2 buckets:[1 2 1 3] n_buckets:[2 1]}}",
    "{{count:25 sum:20 z_bucket:3 z_bucket_w:0.01 offset:-1 buckets:[4 7 1] n_buckets:[5 5]}}",
  ],
  [
    "{{schema:3 count:21 sum:9.5 z_bucket:1 z_bucket_w:0.001 offset:-5 buckets:[2 3 4 5 6]}}",
    "{{schema:2 count:9 sum:-4.5 z_bucket:2 z_bucket_w:0.7 offset:0 buckets:[3 4]}}",
  ],
  [
    "{{schema:-2 count:8 sum:1000 offset:1 buckets:[5 3]}}",
    "{{schema:8 count:10 sum:12 offset:5 buckets:[1 2 3 4]}}",
  ],
  [
    "{{schema:-53 count:20 sum:40 custom_values:[-1 0 2 5] buckets:[1 4 8 6 1]}}",
    "{{schema:-53 count:31 sum:90 custom_values:[1 2 3 5] buckets:[6 9 5 9 2]}}",
  ],
  [
    "{{schema:-53 count:12 sum:40 custom_values:[0.5 1] buckets:[2 4 6]}}",
    "{{schema:-53 count:15 sum:50 custom_values:[0.5 1] buckets:[3 4 8]}}",
  ],
];

/** What Prometheus is to compute of `a` and `b`, and what we do. */
function expressions(
  a: FloatHistogram,
  b: FloatHistogram,
): Record<string, number | FloatHistogram> {
  const sum = new HistogramSum(a);
  sum.add(b);
  const mean = new HistogramMean(a);
  mean.add(b);
  return {
    "a + b": addHistograms(a, b).histogram,
    "b * 0.3": multiplyHistogram(b, 0.3),
    "histogram_stdvar(a - b)": variance(subtractHistograms(a, b).histogram),
    'sum({__name__=~"a|b"})': sum.result(),
    'avg({__name__=~"a|b"})': mean.result(),
    "resets(both[5m])": detectReset(b, a) ? 1 : 0,
    "histogram_avg(a)": average(a),
    "histogram_stddev(b)": standardDeviation(b),
    ...Object.fromEntries(
      [0, 0.1, 0.35, 0.5, 0.77, 0.99, 1].map((q) => [
        `histogram_quantile(${q}, a + b)`,
        quantile(q, addHistograms(a, b).histogram).value,
      ]),
    ),
    ...Object.fromEntries(
      ([[-1, 0.9], [0, 1], [0.3, 4.4], [-0.5, 0.001]] as const).map(([lower, upper]) => [
        `histogram_fraction(${lower}, ${upper}, b)`,
        fraction(lower, upper, b).value,
      ]),
    ),
  };
}

/** A file of promtool's unit tests of rules that expects what we compute. */
function ruleTests(): string {
  const tests = PAIRS.map(([a, b]) => {
    const results = Object.entries(
      expressions(parseHistogramNotation(a).histogram, parseHistogramNotation(b).histogram),
    );
    return {
      interval: "1m",
      input_series: [
        { series: "a", values: `${a} ${a}` },
        { series: "b", values: `${b} ${b}` },
        { series: "both", values: `${a} ${b}` },
      ],
      promql_expr_test: results.filter(([, result]) => result !== Infinity).map((
        [expr, result],
      ) => ({
        expr,
        // At the first sample the storage says nothing yet of counter resets.
        eval_time: expr.includes("both") ? "1m" : "0m",
        exp_samples: [
          typeof result === "number"
            ? { labels: "{}", value: result }
            : { labels: "{}", histogram: printHistogramNotation(result) },
        ],
      })),
    };
  });
  // JSON is YAML, but for infinite numbers.
  return JSON.stringify({ evaluation_interval: "1m", fuzzy_compare: true, tests });
}

async function run(program: string, args: string[]): Promise<string> {
  const { stdout, stderr, success } = await new Deno.Command(program, { args }).output();
  const text = new TextDecoder();
  return success ? text.decode(stdout).trim() : text.decode(stdout) + text.decode(stderr);
}

testWithProgram(
  "promtool",
  "histograms are what Prometheus makes of the same ones",
  async (promtool, t) => {
    const [, major = "0"] = /version (\d+)\./.exec(await run(promtool, ["--version"])) ?? [];
    await t.step({
      name: "in promtool 3 and later, which knows all bucket layouts",
      ignore: Number(major) < 3,
      fn: async () => {
        const folder = await Deno.makeTempDir();
        try {
          const file = `${folder}/histograms.json`;
          await Deno.writeTextFile(file, ruleTests());
          assertEquals(await run(promtool, ["test", "rules", file]), "SUCCESS");
        } finally {
          await Deno.remove(folder, { recursive: true });
        }
      },
    });
  },
);
