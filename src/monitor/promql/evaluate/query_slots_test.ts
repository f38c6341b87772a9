import { assertEquals, assertRejects } from "@std/assert";
import { QuerySlots } from "./query_slots.ts";

Deno.test("QuerySlots.take() lets the one go first that came first", async () => {
  const slots = new QuerySlots(1);
  const { signal } = new AbortController();
  const free = await slots.take(signal);
  const order: string[] = [];
  const enter = async (name: string) => {
    const leave = await slots.take(signal);
    order.push(name);
    leave();
  };
  const waiting = [enter("a"), enter("b")];
  assertEquals(slots.waiting, 2);
  free();
  await Promise.all(waiting);
  assertEquals(order, ["a", "b"]);
  assertEquals(slots.waiting, 0);
});

Deno.test("QuerySlots.take() stops waiting when it is told to", async () => {
  const slots = new QuerySlots(1);
  const free = await slots.take(new AbortController().signal);
  const controller = new AbortController();
  const waiting = slots.take(controller.signal);
  controller.abort(new Error("no more"));
  await assertRejects(() => waiting, Error, "no more");
  assertEquals(slots.waiting, 0);
  free();
  (await slots.take(new AbortController().signal))();
});
