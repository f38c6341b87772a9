import { assert, assertEquals, assertFalse } from "@std/assert";
import { RefusingQueue, SlidingQueue } from "./queue.ts";

Deno.test("RefusingQueue keeps what it has and refuses the newest when it is full", () => {
  const queue = new RefusingQueue<number>(2);
  assert(queue.push(1));
  assert(queue.push(2));
  assertFalse(queue.push(3));
  assertEquals(queue.takeAll(), [1, 2]);
  assert(queue.push(4));
  assertEquals(queue.takeAll(), [4]);
});

Deno.test("SlidingQueue lets the oldest go when it is full", () => {
  const queue = new SlidingQueue<number>(2);
  assert(queue.push(1));
  assert(queue.push(2));
  assertFalse(queue.push(3));
  assertEquals(queue.peek(), 2);
  assertEquals([queue.shift(), queue.shift(), queue.shift()], [2, 3, undefined]);
});

Deno.test("SlidingQueue keeps the order through any mixture of pushes and shifts", () => {
  const queue = new SlidingQueue<number>(7);
  let model: number[] = [];
  for (let i = 0; i < 10_000; i++) {
    if (i * 2654435761 % 2 ** 32 < 2 ** 31 * 1.2) {
      assertEquals(queue.push(i), model.length < 7);
      model = [...model, i].slice(-7);
    } else {
      assertEquals(queue.shift(), model.shift());
    }
    assertEquals(queue.length, model.length);
    assertEquals(queue.peek(), model[0]);
  }
});

Deno.test("SlidingQueue without a limit drops nothing", () => {
  const queue = new SlidingQueue<number>(Infinity);
  for (let i = 0; i < 100_000; i++) assert(queue.push(i));
  for (let i = 0; i < 100_000; i++) assertEquals(queue.shift(), i);
  assertEquals(queue.length, 0);
});
