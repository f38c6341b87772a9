import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Sketch } from "./sketch.ts";

function sketchOf(...values: number[]): Sketch {
  const sketch = new Sketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

Deno.test("Sketch.quantile() gives the digits that the metrics family in Rust gives", () => {
  const sketch = sketchOf(0.001, 0.002, 0.003, 0.25, 0.5);
  assertEquals(sketch.quantile(0), 0.001);
  assertEquals(sketch.quantile(0.5), 0.003000128900620228);
  for (const q of [0.9, 0.95, 0.99, 0.999]) assertEquals(sketch.quantile(q), 0.24999858787871077);
  assertEquals(sketch.quantile(1), 0.5);
  assertEquals(sketch.sum, 0.756);
  assertEquals(sketch.count, 5);
});

Deno.test("Sketch.quantile() is within 0.01 % of the exact value over a factor of 700", () => {
  const values = Array.from({ length: 10_000 }, (_, i) => 0.002 * Math.exp(i * 6.5 / 10_000));
  const sketch = sketchOf(...values.toReversed());
  for (const q of [0.001, 0.1, 0.5, 0.9, 0.99, 0.999]) {
    const exact = values[Math.floor(q * (values.length - 1))] as number;
    assertAlmostEquals(sketch.quantile(q) as number / exact, 1, 0.0001001);
  }
});

Deno.test("Sketch.quantile() mirrors negative values and puts zeros between", () => {
  const sketch = sketchOf(-0.5, -0.25, 0, 1e-9, 0.25, 0.5, 1);
  assertEquals(sketch.quantile(0), -0.5);
  assertEquals(sketch.quantile(1 / 6), -0.24999858787871077);
  assertEquals(sketch.quantile(0.4), 0);
  assertEquals(sketch.quantile(0.5), 0);
  assertEquals(sketch.quantile(0.7), 0.24999858787871077);
  assertEquals(sketch.quantile(1), 1);
});

Deno.test("Sketch.quantile() is undefined for an empty sketch and refuses what is no quantile", () => {
  assertEquals(new Sketch().quantile(0.5), undefined);
  assertEquals(new Sketch().min, undefined);
  assertEquals(new Sketch().max, undefined);
  for (const q of [-0.1, 1.1, NaN]) {
    assertThrows(() => new Sketch().quantile(q), RangeError, `current value is ${q}`);
  }
});

Deno.test("Sketch.add() drops values that are not finite", () => {
  const sketch = sketchOf(Infinity, -Infinity, NaN);
  assertEquals(sketch.count, 0);
  assertEquals(sketch.sum, 0);
  assertEquals(sketch.quantile(1), undefined);
});

Deno.test("Sketch.add() takes the smallest and the largest numbers there are", () => {
  const sketch = sketchOf(Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE);
  assertEquals(sketch.quantile(0), -Number.MAX_VALUE);
  assertEquals(sketch.quantile(0.5), 0);
  assertEquals(sketch.quantile(1), Number.MAX_VALUE);
  assertEquals(sketchOf(Number.MAX_VALUE, Number.MAX_VALUE).quantile(0.5), Number.MAX_VALUE);
});

Deno.test("Sketch.add() counts a value as often as it is told", () => {
  const sketch = new Sketch();
  sketch.add(1, 2 ** 40);
  sketch.add(2, 2);
  assertEquals(sketch.count, 2 ** 40 + 2);
  assertEquals(sketch.sum, 2 ** 40 + 4);
  assertAlmostEquals(sketch.quantile(0.999) as number, 1, 0.0001001);
});

Deno.test("Sketch.add() counts the lowest values together when they spread too far", () => {
  for (const order of ["rising", "falling"]) {
    const values = Array.from({ length: 1000 }, (_, i) => 1e-6 * 1.02 ** i);
    const sketch = sketchOf(...(order === "rising" ? values : values.toReversed()));
    const max = values.at(-1) as number;
    assertEquals(sketch.count, 1000, order);
    assertAlmostEquals(sketch.quantile(0.9) as number / (values[899] as number), 1, 0.0001001);
    const lowest = sketch.quantile(0.001) as number;
    assert(lowest > max / 703 && lowest < max / 700, `${order}: ${max / lowest}`);
    assertEquals(sketch.quantile(0), 1e-6);
  }
});

Deno.test("Sketch.merge() gives what one sketch of all the values gives", () => {
  const parts = [[0.001, 4, -3], [0.00001, 900, 0], [], [0.5, 0.5, -0.00001]];
  const merged = new Sketch();
  for (const part of parts) merged.merge(sketchOf(...part));
  const whole = sketchOf(...parts.flat());
  for (let q = 0; q <= 1; q += 0.05) assertEquals(merged.quantile(q), whole.quantile(q));
  assertEquals(merged.count, whole.count);
  assertAlmostEquals(merged.sum, whole.sum);
});

Deno.test("Sketch.clear() empties the sketch for the next values", () => {
  const sketch = sketchOf(1, 1000, -1, 0);
  sketch.clear();
  assertEquals(sketch.count, 0);
  sketch.add(0.25);
  sketch.add(0.5);
  assertEquals(sketch.quantile(0.4), 0.24999858787871077);
  assertEquals([sketch.min, sketch.max, sketch.sum], [0.25, 0.5, 0.75]);
});

Deno.test("Sketch with a larger relative error tells apart what lies far below the largest value", () => {
  const coarse = new Sketch(0.01);
  const fine = new Sketch();
  for (const sketch of [coarse, fine]) {
    for (const value of [0.001, 0.001, 0.001, 5]) sketch.add(value);
  }
  assertAlmostEquals(coarse.quantile(0.5) ?? 0, 0.001, 0.00001);
  assertAlmostEquals(
    fine.quantile(0.5) ?? 0,
    5 / 700,
    0.001,
    "the smallest that 0.01 % leaves apart",
  );
});

Deno.test("Sketch refuses a relative error out of range, and to merge with one of another error", () => {
  for (const error of [0, 1, -1, NaN]) {
    assertThrows(() => new Sketch(error), RangeError, `${error}`);
  }
  assertThrows(() => new Sketch().merge(new Sketch(0.01)), RangeError, "relative errors differ");
});
