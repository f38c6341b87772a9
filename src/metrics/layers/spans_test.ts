import { assertEquals } from "@std/assert";
import { currentSpan, recordField, withSpan } from "../context.ts";
import { DebuggingRecorder } from "../debugging.ts";
import type { Recorder } from "../recorder.ts";
import { spanLabels } from "./spans.ts";

/** What was registered, as `name{labels in order} value`. */
function lines(recorder: DebuggingRecorder): string[] {
  return recorder.snapshot().map((metric) => {
    const labels = Object.entries(metric.labels).map(([key, value]) => `${key}=${value}`);
    const value = metric.kind === "histogram" ? metric.values.length : metric.value;
    return `${metric.name}{${labels.join()}} ${value}`;
  });
}

/** A program with an outer and an inner span; what it does to its metrics is known from elsewhere. */
function program(recorder: Recorder): void {
  const count = (name: string, labels = {}) => recorder.registerCounter(name, labels).increment();
  const own = { user: "ferris", shared: "outer", n: 7, ok: true, late: undefined };
  withSpan("outer", own, () => {
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

Deno.test('spanLabels("all") takes the fields at registration, written labels winning in place', () => {
  const recorder = new DebuggingRecorder();
  program(spanLabels("all")(recorder));
  assertEquals(lines(recorder), [
    "c{user=explicit,shared=outer,n=7,ok=true,service=login} 1",
    "held{user=ferris,shared=outer,n=7,ok=true} 1",
    "in{shared=inner,dbg=Some(1),user=ferris,n=7,ok=true} 1",
    "in_after_parent_record{shared=inner,dbg=Some(1),user=ferris,n=7,ok=true} 1",
    "in_after_own_record{shared=re-recorded,dbg=Some(1),user=ferris,n=7,ok=true} 1",
  ]);
});

Deno.test("spanLabels() with names takes those fields, and every written label", () => {
  const recorder = new DebuggingRecorder();
  program(spanLabels(["user", "shared"])(recorder));
  assertEquals(lines(recorder), [
    "c{user=explicit,shared=outer,service=login} 1",
    "held{user=ferris,shared=outer} 1",
    "in{shared=inner,user=ferris} 1",
    "in_after_parent_record{shared=inner,user=ferris} 1",
    "in_after_own_record{shared=re-recorded,user=ferris} 1",
  ]);
});

Deno.test("spanLabels() with a function asks it for each metric and field", () => {
  const recorder = new DebuggingRecorder();
  const asked: string[] = [];
  const layered = spanLabels((metric, { key, value }) => {
    asked.push(`${metric} ${key}=${value}`);
    return metric === "a";
  })(recorder);
  withSpan("s", { user: "ferris" }, () => {
    layered.registerGauge("a", { written: "1" });
    layered.registerHistogram("b", { written: "1" });
  });
  assertEquals(asked, ["a user=ferris", "b user=ferris"]);
  assertEquals(lines(recorder), ["a{user=ferris,written=1} 0", "b{written=1} 0"]);
});

Deno.test("spanLabels() changes nothing without a span, nor in descriptions", () => {
  const recorder = new DebuggingRecorder();
  const layered = spanLabels("all")(recorder);
  withSpan("s", { user: "ferris" }, () => {
    layered.describeCounter("c", "bytes", "a counter");
    layered.describeGauge("g", undefined, "a gauge");
    layered.describeHistogram("h", undefined, "a histogram");
  });
  layered.registerCounter("c", { a: "1" });
  layered.registerGauge("g", {});
  layered.registerHistogram("h", {});
  assertEquals(recorder.snapshot(), [
    { kind: "counter", name: "c", labels: { a: "1" }, unit: "bytes", help: "a counter", value: 0 },
    { kind: "gauge", name: "g", labels: {}, help: "a gauge", value: 0 },
    { kind: "histogram", name: "h", labels: {}, help: "a histogram", values: [] },
  ]);
});

Deno.test("spanLabels() makes a series for each path to the same registration", () => {
  const recorder = new DebuggingRecorder();
  const layered = spanLabels("all")(recorder);
  const job = () => layered.registerCounter("jobs", {}).increment();
  for (const queue of ["mail", "print", "mail"]) withSpan("work", { queue }, job);
  assertEquals(lines(recorder), ["jobs{queue=mail} 2", "jobs{queue=print} 1"]);
});

Deno.test("spanLabels() takes a field called __proto__ like any other", () => {
  const recorder = new DebuggingRecorder();
  const layered = spanLabels("all")(recorder);
  withSpan("s", JSON.parse('{"__proto__":"x"}'), () => layered.registerCounter("c", {}));
  assertEquals(lines(recorder), ["c{__proto__=x} 0"]);
});
