import { assertEquals } from "@std/assert";
import type { Labels, MetricKind } from "../../metrics/recorder.ts";
import { type Unit, UNITS } from "../../metrics/unit.ts";
import { decodeFrame, EventType } from "./_decode.ts";
import {
  encodeMetadata,
  encodeMetric,
  encodeSeries,
  isCounterOperation,
  isUint64,
  OPERATION,
  type Operation,
  type Timestamp,
} from "./event.ts";

const AT: Timestamp = { seconds: 1_795_368_518, nanos: 141_852_786 };
const AT_BYTES = "08 c6cc8cd806 10 f280d243";

/** Bytes from hexadecimal digits and quoted text. */
function bytes(text: string): number[] {
  return text.match(/"[^"]*"|[0-9a-f]{2}/g)?.flatMap((part) =>
    part.startsWith('"')
      ? [...new TextEncoder().encode(part.slice(1, -1))]
      : [Number.parseInt(part, 16)]
  ) ?? [];
}

function metric(
  name: string,
  labels: Labels,
  operation: keyof typeof OPERATION,
  value: number | bigint,
  at = AT,
): number[] {
  return [...encodeMetric(encodeSeries(name, labels), OPERATION[operation], value, at)];
}

Deno.test("encodeMetadata() leaves out the type of a counter, which is 0", () => {
  assertEquals(
    [...encodeMetadata("foo_counter", { kind: "counter", unit: "count", help: "just a counter" })],
    bytes('26 0a24 0a0b"foo_counter" 1a05"count" 220e"just a counter"'),
  );
});

Deno.test("encodeMetadata() leaves out a unit that is not given, and keeps an empty description", () => {
  assertEquals(
    [...encodeMetadata("foo_gauge", { kind: "gauge", unit: undefined, help: "just a gauge" })],
    bytes('1d 0a1b 0a09"foo_gauge" 1001 220c"just a gauge"'),
  );
  assertEquals(
    [...encodeMetadata("h", { kind: "histogram", unit: "seconds", help: "" })],
    bytes('12 0a10 0a01"h" 1002 1a07"seconds" 2200'),
  );
});

Deno.test("encodeMetric() writes the value of an operation even when it is 0", () => {
  assertEquals(
    metric("foo_counter", {}, "incrementCounter", 0),
    bytes(`1e 121c 0a0b"foo_counter" 120b ${AT_BYTES} 2000`),
  );
  assertEquals(
    metric("load", {}, "setGauge", 0),
    bytes(`1e 121c 0a04"load" 120b ${AT_BYTES} 41 0000000000000000`),
  );
});

Deno.test("encodeMetric() writes each operation in its field", () => {
  const head = `0a01"m" 120b ${AT_BYTES}`;
  assertEquals(metric("m", {}, "incrementCounter", 1), bytes(`14 1212 ${head} 2001`));
  assertEquals(metric("m", {}, "setCounter", 42), bytes(`14 1212 ${head} 282a`));
  assertEquals(metric("m", {}, "incrementGauge", 10), bytes(`1b 1219 ${head} 31 0000000000002440`));
  assertEquals(
    metric("m", {}, "decrementGauge", 2.5),
    bytes(`1b 1219 ${head} 39 0000000000000440`),
  );
  assertEquals(metric("m", {}, "setGauge", NaN), bytes(`1b 1219 ${head} 41 000000000000f87f`));
  assertEquals(
    metric("m", {}, "recordHistogram", 0.001),
    bytes(`1b 1219 ${head} 49 fca9f1d24d62503f`),
  );
});

Deno.test("encodeMetric() is exact for every uint64", () => {
  const values = [12_345_678_901_234, 2n ** 53n + 1n, 2 ** 63, 2n ** 64n - 1n];
  for (const value of values) {
    const event = decodeFrame(Uint8Array.from(metric("m", {}, "incrementCounter", value)));
    assertEquals(event.metric?.incrementCounter, BigInt(value).toString());
  }
});

Deno.test("encodeSeries() sorts labels by the bytes of their keys", () => {
  const sorted = '1a08 0a01"a" 1203"x y" 1a07 0a01"b" 1202"ok"';
  assertEquals([...encodeSeries("m", { b: "ok", a: "x y" }).labels], bytes(sorted));
  // In UTF-16 the second would come first.
  const { labels } = encodeSeries("m", { "\u{1f600}": "2", "\uff5e": "1" });
  assertEquals([...labels], bytes('1a08 0a03"\uff5e" 1201"1" 1a09 0a04"\u{1f600}" 1201"2"'));
});

Deno.test("encodeSeries() leaves out an empty key or value, as the reference does", () => {
  assertEquals(
    [...encodeSeries("m", { "": "v", k: "" }).labels],
    bytes('1a03 1201"v" 1a03 0a01"k"'),
  );
});

Deno.test("encodeMetric() leaves out seconds and nanoseconds that are 0", () => {
  const at = (seconds: number, nanos: number) =>
    metric("m", {}, "setCounter", 1, { seconds, nanos });
  assertEquals(at(0, 0), bytes('09 1207 0a01"m" 1200 2801'));
  assertEquals(at(1, 0), bytes('0b 1209 0a01"m" 1202 0801 2801'));
  assertEquals(at(0, 1), bytes('0b 1209 0a01"m" 1202 1001 2801'));
});

Deno.test("isUint64() holds for what a counter can be told", () => {
  for (const value of [0, 1, 2 ** 53, 0n, 2n ** 64n - 1n]) assertEquals(isUint64(value), true);
  for (const value of [-1, 0.5, NaN, Infinity, 2 ** 64, -1n, 2n ** 64n]) {
    assertEquals(isUint64(value), false, `${value}`);
  }
});

/** The same numbers on every run. */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed;;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

Deno.test("encodeMetric() and encodeMetadata() write the bytes that protobufjs writes", () => {
  const numbers = randomNumbers(2026);
  const random = (limit: number) => Math.floor(numbers.next().value * limit);
  const pick = <T>(items: readonly T[]) => items[random(items.length)] as T;
  const text = () =>
    Array.from({ length: 1 + random(40) }, () => pick([...'az09_.- "\\\n日本é🙂'])).join("");

  for (let i = 0; i < 2_000; i++) {
    // protobufjs writes a map in the order of its keys, so they are made in the sorted order.
    const labels: Record<string, string> = {};
    for (let k = 0; k < random(6); k++) labels[`k${k}${text()}`] = text();
    const [field, operation] = pick(Object.entries(OPERATION) as [string, Operation][]);
    const isCounter = isCounterOperation(operation);
    const value = isCounter
      ? pick([0, 127, 128, random(2 ** 31), random(2 ** 53)])
      : pick([0, -0, 1e-10, 1e22, Infinity, -Infinity, numbers.next().value]);
    const at = { seconds: random(2 ** 40), nanos: random(1e9) };
    const name = text();
    const metric = { name, timestamp: at, labels, [field]: value };
    const expected = EventType.encodeDelimited(EventType.create({ metric })).finish();
    const actual = encodeMetric(encodeSeries(name, labels), operation, value, at);
    assertEquals([...actual], [...expected], JSON.stringify(metric));
  }

  const kinds: MetricKind[] = ["counter", "gauge", "histogram"];
  const units: (Unit | undefined)[] = [undefined, ...Object.keys(UNITS) as Unit[]];
  for (const kind of kinds) {
    for (const unit of units) {
      const [name, help] = [text(), pick(["", text()])];
      const metadata = {
        name,
        ...(kind === "counter" ? {} : { metricType: kinds.indexOf(kind) }),
        ...(unit === undefined ? {} : { unitValue: unit }),
        descriptionValue: help,
      };
      const expected = EventType.encodeDelimited(EventType.create({ metadata })).finish();
      assertEquals([...encodeMetadata(name, { kind, unit, help })], [...expected]);
    }
  }
});
