import { assertEquals, assertStrictEquals, assertThrows } from "@std/assert";
import {
  currentSpan,
  currentTrace,
  isTracing,
  openSpan,
  recordField,
  setSpanBridge,
  traceExemplar,
  withSpan,
} from "./context.ts";

const fields = () => Object.fromEntries(currentSpan()?.fields ?? []);

Deno.test("withSpan() gives back what the function gives, and ends with it", async () => {
  assertEquals(withSpan("a", {}, () => currentSpan()?.name), "a");
  assertEquals(currentSpan(), undefined);
  assertThrows(
    () =>
      withSpan("a", {}, () => {
        throw new TypeError("mine");
      }),
    TypeError,
    "mine",
  );
  assertEquals(currentSpan(), undefined);
  const kept = await withSpan("a", {}, async () => {
    await Promise.resolve();
    return currentSpan()?.name;
  });
  assertEquals(kept, "a");
});

Deno.test("withSpan() keeps spans of concurrent work apart", async () => {
  const work = async (user: string) => {
    for (let i = 0; i < 3; i++) await Promise.resolve();
    recordField("done", user);
    await Promise.resolve();
    return fields();
  };
  const results = await Promise.all(
    ["a", "b"].map((user) => withSpan("w", { user }, () => work(user))),
  );
  assertEquals(results, [{ user: "a", done: "a" }, { user: "b", done: "b" }]);
});

Deno.test("withSpan() writes fields as texts, and none for what has no value", () => {
  const all = {
    s: '"x"',
    n: 7,
    f: 1.5,
    whole: 1.0,
    b: true,
    big: 2n ** 64n,
    u: undefined,
    z: null,
  };
  assertEquals(withSpan("a", all, fields), {
    s: '"x"',
    n: "7",
    f: "1.5",
    whole: "1",
    b: "true",
    big: "18446744073709551616",
  });
});

Deno.test("withSpan() copies the fields of the span around it after its own", () => {
  withSpan("outer", { user: "ferris", shared: "outer" }, () => {
    withSpan("inner", { shared: "inner", own: 1 }, () => {
      assertEquals([...currentSpan()?.fields ?? []], [
        ["shared", "inner"],
        ["own", "1"],
        ["user", "ferris"],
      ]);
    });
    assertEquals(fields(), { user: "ferris", shared: "outer" });
  });
});

Deno.test("Span.record() does not reach spans inside that exist already", () => {
  withSpan("outer", { early: undefined }, () => {
    const outer = currentSpan();
    withSpan("before", {}, () => {
      outer?.record("early", "v");
      assertEquals(fields(), {});
    });
    withSpan("after", {}, () => assertEquals(fields(), { early: "v" }));
  });
});

Deno.test("recordField() overwrites in place, also what came from the span around", () => {
  withSpan("outer", { a: "1", b: "2" }, () => {
    withSpan("inner", {}, () => {
      recordField("a", false);
      recordField("c", 3);
      assertEquals([...currentSpan()?.fields ?? []], [["a", "false"], ["b", "2"], ["c", "3"]]);
    });
    assertEquals(fields(), { a: "1", b: "2" });
  });
});

Deno.test("recordField() does nothing without a span", () => {
  recordField("a", "1");
  assertEquals(currentSpan(), undefined);
});

Deno.test("setSpanBridge() lets a tracing system run spans, open them and name exemplars", () => {
  const told: unknown[] = [];
  const trace = { traceId: "t", spanId: "s", sampled: true };
  const span = {
    context: trace,
    run: <T>(fn: () => T) => fn(),
    record: () => {},
    end: () => {},
  };
  assertEquals([traceExemplar(), currentTrace(), isTracing()], [undefined, undefined, false]);
  assertEquals(openSpan("call", { kind: "client", fields: {} }), undefined);
  setSpanBridge({
    run(name, fields, fn) {
      told.push([name, fields]);
      return fn((key, value) => told.push([key, value]));
    },
    open(name, options) {
      told.push([name, options]);
      return span;
    },
    current: () => trace,
  });
  try {
    const result = withSpan("a", { x: 1 }, () => {
      recordField("y", 2);
      return fields();
    });
    assertEquals(result, { x: "1", y: "2" });
    assertEquals(told, [["a", { x: 1 }], ["y", 2]]);
    const options = { kind: "server", fields: {}, parent: trace } as const;
    assertStrictEquals(openSpan("call", options), span);
    assertEquals(told.pop(), ["call", options]);
    assertEquals([currentTrace(), isTracing()], [trace, true]);
    assertEquals(traceExemplar(), { "trace_id": "t", "span_id": "s" });
    trace.sampled = false;
    assertEquals(traceExemplar(), undefined);
  } finally {
    setSpanBridge(undefined);
  }
  assertEquals(withSpan("b", { z: 1 }, fields), { z: "1" });
  assertEquals(told.length, 2);
});
