import { assertEquals, assertRejects } from "@std/assert";
import { leave, MessageQueue } from "./message_queue.ts";

/** A queue, and how often it was asked for a message and left. */
function counted(): { queue: MessageQueue<string>; counts: { read: number; left: number } } {
  const counts = { read: 0, left: 0 };
  return { queue: new MessageQueue(() => counts.read++, () => counts.left++), counts };
}

Deno.test("MessageQueue asks for a message only when one is wanted", async () => {
  const { queue, counts } = counted();
  const messages = queue[Symbol.asyncIterator]();
  queue.push("a");
  assertEquals([await messages.next(), counts.read], [{ done: false, value: "a" }, 0]);
  const next = messages.next();
  assertEquals(counts.read, 1);
  queue.push("b");
  assertEquals((await next).value, "b");
});

Deno.test("MessageQueue serves several that wait, in order, and asks for one at a time", async () => {
  const { queue, counts } = counted();
  const messages = queue[Symbol.asyncIterator]();
  const waiting = [messages.next(), messages.next(), messages.next()];
  assertEquals(counts.read, 1);
  queue.push("a");
  assertEquals(counts.read, 2);
  queue.push("b");
  queue.end();
  assertEquals((await Promise.all(waiting)).map(({ value }) => value), ["a", "b", undefined]);
});

Deno.test("MessageQueue gives what has come before its end or its error", async () => {
  for (const end of ["end", "fail"] as const) {
    const { queue } = counted();
    queue.push("a");
    queue[end](new TypeError("gone"));
    queue.push("too late");
    const messages = queue[Symbol.asyncIterator]();
    assertEquals((await messages.next()).value, "a");
    if (end === "end") assertEquals((await messages.next()).done, true);
    else await assertRejects(() => messages.next(), TypeError, "gone");
  }
});

Deno.test("MessageQueue forgets its messages when it is left", async () => {
  const { queue, counts } = counted();
  queue.push("a");
  queue.push("b");
  for await (const _ of queue) break;
  assertEquals(counts.left, 1);
  assertEquals((await queue[Symbol.asyncIterator]().next()).done, true);
});

Deno.test("leave() takes an iterator that cannot be left, throws or rejects", () => {
  leave(undefined);
  leave({ next: () => Promise.reject() });
  leave({ next: () => Promise.reject(), return: () => Promise.reject(new TypeError()) });
  leave({
    next: () => Promise.reject(),
    return: () => {
      throw new TypeError();
    },
  });
});
