/**
 * Compares with recordings of the metrics family in Rust, where they are at hand: in the folder
 * named by `REFERENCE_DIR`, or in `../shared/reference` beside the repository. They are no part of
 * this project; the figures that matter most are in the tests beside the code as well.
 */
import { assert, assertEquals } from "@std/assert";
import { permitted, testWith } from "../testing/permissions.ts";
import { BucketHistogram } from "./buckets.ts";
import { currentSpan, recordField, withSpan } from "./context.ts";
import { DebuggingRecorder } from "./debugging.ts";
import { filter, prefix, router, spanLabels, Stack } from "./layers/mod.ts";
import type { Recorder } from "./recorder.ts";
import { RollingSummary } from "./summary.ts";

const recordings = readRecordings();

/** The recordings by title, each as its lines that are neither empty nor comments. */
function readRecordings(): Map<string, string[]> | undefined {
  if (!permitted("read")) return undefined;
  try {
    const folder = mayRead("REFERENCE_DIR") ? Deno.env.get("REFERENCE_DIR") : undefined;
    const text = Deno.readTextFileSync(
      folder !== undefined
        ? `${folder}/golden-prom.txt`
        : new URL("../../../shared/reference/golden-prom.txt", import.meta.url),
    );
    const parts = text.split("##### ").slice(1).map((part) => part.split("\n"));
    return new Map(parts.map(([title = "", ...lines]) => [
      title,
      lines.filter((line) => line !== "" && !line.startsWith("# ")),
    ]));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

function mayRead(variable: string): boolean {
  return Deno.permissions.querySync({ name: "env", variable }).state === "granted";
}

function testWithRecordings(name: string, fn: (of: (title: string) => string[]) => void): void {
  if (recordings === undefined && permitted("read")) {
    Deno.test({ name: `${name} (needs the recordings: set REFERENCE_DIR)`, ignore: true, fn() {} });
    return;
  }
  testWith(["read"], name, () =>
    fn((title) => {
      const [found, ...more] = [...recordings ?? []].filter(([key]) => key.startsWith(title));
      assert(found !== undefined && more.length === 0, `one recording '${title}'`);
      return found[1];
    }));
}

const SAMPLES = [0.001, 0.002, 0.003, 0.25, 0.5];

/** The values of the series that begin with `series`, in the order of the recording. */
const values = (lines: string[], series: string) =>
  lines.filter((line) => line.startsWith(series)).map((line) => Number(line.split(" ").at(-1)));

testWithRecordings("RollingSummary has the recorded quantiles, sum and count", (of) => {
  const summary = new RollingSummary();
  for (const sample of SAMPLES) summary.record(sample);
  const { quantiles, sum, count } = summary.snapshot();
  const series = "foo_histgram";
  assertEquals(
    [
      ...quantiles.map(({ quantile, value }) =>
        `${series}{api="echo",result="ok",quantile="${quantile.label}"} ${value}`
      ),
      `${series}_sum{api="echo",result="ok"} ${sum}`,
      `${series}_count{api="echo",result="ok"} ${count}`,
    ],
    of("default").filter((line) => line.startsWith(series)),
  );
});

testWithRecordings("BucketHistogram has the recorded buckets, sum and count", (of) => {
  const cases = [
    ["set_buckets [0.002,0.01,0.5]", [0.002, 0.01, 0.5]],
    ["set_buckets_for_metric", [0.1, 1]],
  ] as const;
  for (const [title, bounds] of cases) {
    const histogram = new BucketHistogram(bounds);
    for (const sample of SAMPLES) histogram.record(sample);
    const { buckets, sum, count } = histogram.snapshot();
    assertEquals(
      [...buckets.map((bucket) => bucket.count), sum, count],
      values(of(title), "foo_histgram_"),
    );
  }
});

/** Registers what the recorded program registers; labels do not matter here. */
function registerAll(recorder: Recorder): void {
  recorder.registerHistogram("foo_histgram", {});
  for (const name of ["foo_counter", "abs", "sent"]) recorder.registerCounter(name, {});
  for (const name of ["foo_gauge", "mem", "load", "weird.name-1", "inf", "tiny", "huge"]) {
    recorder.registerGauge(name, {});
  }
}

/** The names in a recording, without what is added to the name of a histogram. */
function namesIn(lines: string[]): string[] {
  const names = lines.map((line) => line.replace(/[{ ].*/, "").replace(/_(sum|count)$/, ""));
  return [...new Set(names)].sort();
}

/** The names in a recorder, as Prometheus writes them. */
function namesOf(recorder: DebuggingRecorder): string[] {
  return recorder.snapshot().map(({ name }) => name.replaceAll(/\W/g, "_")).sort();
}

testWithRecordings("Stack of prefix() and filter() keeps the recorded names", (of) => {
  const recorder = new DebuggingRecorder();
  registerAll(
    new Stack(recorder).push(prefix("app")).push(filter(["tiny", "huge", "weird"])),
  );
  assertEquals(namesOf(recorder), namesIn(of("Stack::new")));
});

testWithRecordings("router() sends the recorded names each way", (of) => {
  const [rest, gauges] = [new DebuggingRecorder(), new DebuggingRecorder()];
  registerAll(router(rest, [{ kinds: ["gauge"], prefix: "foo", recorder: gauges }]));
  assertEquals(namesOf(rest), namesIn(of("Router default")));
  assertEquals(namesOf(gauges), namesIn(of("Router gauge foo*")));
});

testWithRecordings("spanLabels() gives the recorded labels in the recorded order", (of) => {
  const cases = [["tracing all", "all"], ["tracing only_allow", ["user", "shared"]]] as const;
  for (const [title, include] of cases) {
    const recorder = new DebuggingRecorder();
    registerInSpans(spanLabels(include)(recorder));
    const written = recorder.snapshot().map((metric) => {
      const labels = Object.entries(metric.labels).map(([key, value]) => `${key}="${value}"`);
      return `${metric.name}{${labels}} ${"value" in metric ? metric.value : "?"}`;
    });
    // The one difference: a whole float is written `1.0` there, and `1` here.
    const recorded = of(title).map((line) => line.replace('f="1.0"', 'f="1"'));
    assertEquals(written.sort(), recorded.sort());
  }
});

function registerInSpans(recorder: Recorder): void {
  const count = (name: string, labels = {}) => recorder.registerCounter(name, labels).increment();
  const fields = { user: "ferris", shared: "outer", n: 7, f: 1.0, ok: true, late: undefined };
  withSpan("outer", fields, () => {
    const outer = currentSpan();
    count("c", { service: "login", user: "explicit" });
    const held = recorder.registerCounter("held", {});
    withSpan("inner", { shared: "inner", dbg: "Some(1)" }, () => {
      held.increment();
      count("in");
      outer?.record("late", "v");
      count("in_after_parent_record");
      recordField("shared", "re-recorded");
      count("in_after_own_record");
    });
  });
}
