import { assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { createFacade, type Facade, SetRecorderError } from "./facade.ts";
import { NOOP_COUNTER, NOOP_GAUGE, NOOP_HISTOGRAM, NOOP_RECORDER } from "./noop.ts";
import type { Recorder } from "./recorder.ts";

/** A recorder that writes down what it is asked for. */
function notes(): Recorder & { readonly lines: string[] } {
  const lines: string[] = [];
  const note = (...parts: unknown[]) => lines.push(parts.map((p) => JSON.stringify(p)).join(" "));
  return {
    lines,
    describeCounter: (...description) => note("describe counter", ...description),
    describeGauge: (...description) => note("describe gauge", ...description),
    describeHistogram: (...description) => note("describe histogram", ...description),
    registerCounter: (name, labels) => (note("counter", name, labels), { ...NOOP_COUNTER }),
    registerGauge: (name, labels) => (note("gauge", name, labels), { ...NOOP_GAUGE }),
    registerHistogram: (name, labels) => (note("histogram", name, labels), { ...NOOP_HISTOGRAM }),
  };
}

function namesSeen(recorder: { readonly lines: string[] }): string[] {
  return recorder.lines.map((line) => JSON.parse(line.split(" ")[1] ?? ""));
}

const turn = () => new Promise<void>((resolve) => setTimeout(resolve));

Deno.test("counter(), gauge() and histogram() ask the recorder for a series", () => {
  const facade = createFacade();
  const recorder = notes();
  facade.setGlobalRecorder(recorder);
  facade.counter("c");
  facade.gauge("g", { a: "1" });
  facade.histogram("h", { a: "1", b: "2" });
  assertEquals(recorder.lines, [
    `"counter" "c" {}`,
    `"gauge" "g" {"a":"1"}`,
    `"histogram" "h" {"a":"1","b":"2"}`,
  ]);
});

Deno.test("counter(), gauge() and histogram() forget without a recorder, for ever", () => {
  const facade = createFacade();
  assertStrictEquals(facade.counter("c"), NOOP_COUNTER);
  assertStrictEquals(facade.gauge("g"), NOOP_GAUGE);
  assertStrictEquals(facade.histogram("h"), NOOP_HISTOGRAM);
  const kept = facade.counter("c");
  const recorder = notes();
  facade.setGlobalRecorder(recorder);
  kept.increment();
  assertEquals(recorder.lines, []);
});

Deno.test("describeCounter() and the like take a unit or none", () => {
  const facade = createFacade();
  const recorder = notes();
  facade.setGlobalRecorder(recorder);
  facade.describeCounter("c", "Calls.");
  facade.describeGauge("g", "bytes", "Memory.");
  facade.describeHistogram("h", undefined, "Latency.");
  assertEquals(recorder.lines, [
    `"describe counter" "c"  "Calls."`,
    `"describe gauge" "g" "bytes" "Memory."`,
    `"describe histogram" "h"  "Latency."`,
  ]);
});

Deno.test("setGlobalRecorder() refuses a second recorder and hands it back", () => {
  const facade = createFacade();
  const [first, second] = [notes(), notes()];
  facade.setGlobalRecorder(first);
  const error = assertThrows(() => facade.setGlobalRecorder(second), SetRecorderError, "has one");
  assertStrictEquals(error.recorder, second);
  assertStrictEquals(facade.currentRecorder(), first);
});

Deno.test("withRecorder() rules inside its function only, and nests", () => {
  const facade = createFacade();
  const [global, outer, inner] = [notes(), notes(), notes()];
  facade.counter("nowhere");
  facade.setGlobalRecorder(global);
  facade.withRecorder(outer, () => {
    facade.counter("b");
    assertEquals(facade.withRecorder(inner, () => (facade.counter("c"), 5)), 5);
    facade.counter("d");
  });
  facade.counter("e");
  assertEquals([global, outer, inner].map(namesSeen), [["e"], ["b", "d"], ["c"]]);
});

Deno.test("withRecorder() goes along with asynchronous work, also when others run in between", async () => {
  const facade = createFacade();
  const recorders = [notes(), notes(), notes()];
  await Promise.all(recorders.map((recorder, i) =>
    facade.withRecorder(recorder, async () => {
      for (let step = 0; step < 3; step++) {
        await turn();
        facade.counter(`c${i}`);
      }
    })
  ));
  assertEquals(recorders.map(namesSeen), [0, 1, 2].map((i) => [`c${i}`, `c${i}`, `c${i}`]));
  assertStrictEquals(facade.currentRecorder(), NOOP_RECORDER);
});

Deno.test("withRecorder() still rules in work that outlives its function", async () => {
  const facade = createFacade();
  const recorder = notes();
  const { promise, resolve } = Promise.withResolvers<void>();
  facade.withRecorder(recorder, () => {
    setTimeout(() => {
      facade.counter("late");
      resolve();
    });
  });
  await promise;
  assertEquals(namesSeen(recorder), ["late"]);
});

Deno.test("withRecorder() gives way after an error, thrown or rejected", async () => {
  const facade: Facade = createFacade();
  const fail = () => {
    throw new Error("refused");
  };
  assertThrows(() => facade.withRecorder(notes(), fail), Error, "refused");
  await assertRejects(
    () => facade.withRecorder(notes(), () => turn().then(fail)),
    Error,
    "refused",
  );
  assertStrictEquals(facade.currentRecorder(), NOOP_RECORDER);
});
