import { assertEquals } from "@std/assert";
import { CounterCell, GaugeCell } from "./cells.ts";

const MAX_SAFE = Number.MAX_SAFE_INTEGER;
const MAX = 2n ** 64n - 1n;

function count(...amounts: (number | bigint)[]): number | bigint {
  const cell = new CounterCell();
  for (const amount of amounts) cell.increment(amount);
  return cell.value;
}

Deno.test("CounterCell.increment adds numbers and bigints", () => {
  const cell = new CounterCell();
  cell.increment();
  cell.increment(41);
  cell.increment(8n);
  cell.increment(0);
  assertEquals(cell.value, 50);
});

Deno.test("CounterCell is exact beyond 2^53", () => {
  assertEquals(count(MAX_SAFE), MAX_SAFE);
  assertEquals(count(MAX_SAFE, 1), 2n ** 53n);
  assertEquals(count(MAX_SAFE, 1, 1, 1), 2n ** 53n + 2n);
  assertEquals(count(1, 2 ** 53), 2n ** 53n + 1n);
  assertEquals(count(MAX), MAX);
});

Deno.test("CounterCell wraps around past 2^64 - 1", () => {
  assertEquals(count(MAX, 1), 0);
  assertEquals(count(MAX, 5n, 1), 5);
  assertEquals(count(MAX, MAX), MAX - 1n);
});

Deno.test("CounterCell.increment ignores what is no whole number from 0 to 2^64 - 1", () => {
  const bad = [
    -1,
    -1n,
    0.5,
    NaN,
    Infinity,
    -Infinity,
    2 ** 64,
    2n ** 64n,
    MAX_SAFE + 0.5 - 2 ** 54,
  ];
  assertEquals(count(7, ...bad), 7);
  assertEquals(count(MAX, ...bad), MAX);
});

Deno.test("CounterCell.absolute keeps the maximum it was told", () => {
  const cell = new CounterCell();
  const told = (value: number | bigint) => (cell.absolute(value), cell.value);
  assertEquals(told(42), 42);
  assertEquals(told(40), 42);
  assertEquals(told(43n), 43);
  assertEquals(told(2 ** 60), 2n ** 60n);
  assertEquals(told(2n ** 60n + 1n), 2n ** 60n + 1n);
  assertEquals(told(50), 2n ** 60n + 1n);
  for (const bad of [NaN, Infinity, 2 ** 64, -1]) assertEquals(told(bad), 2n ** 60n + 1n);
});

Deno.test("GaugeCell goes both ways and takes any number", () => {
  const cell = new GaugeCell();
  cell.increment(10);
  cell.decrement(2.5);
  cell.increment();
  cell.decrement();
  assertEquals(cell.value, 7.5);
  for (const value of [-1, Infinity, NaN, 1e22]) {
    cell.set(value);
    assertEquals(cell.value, value);
  }
});
