import { assertEquals } from "@std/assert";
import { Deadlines } from "./deadlines.ts";

Deno.test("Deadlines tells each that has passed, in time, and none that was forgotten", async () => {
  const deadlines = new Deadlines();
  const now = Date.now();
  const told: number[] = [];
  const last = Promise.withResolvers<void>();
  const all = [30, 5000, 60, -10, 10].map((ms) => ({
    deadline: now + ms,
    expire() {
      told.push(ms);
      if (ms === 60) last.resolve();
    },
  }));
  const forgotten = { deadline: now + 20, expire: () => void told.push(20) };
  for (const one of [...all, forgotten]) deadlines.add(one);
  deadlines.add({ deadline: undefined, expire: () => {} });
  deadlines.delete(forgotten);
  await last.promise;
  deadlines.stop();
  assertEquals(told, [-10, 10, 30, 60]);
});

Deno.test("Deadlines waits for those that are left when one that ends takes others with it", async () => {
  const deadlines = new Deadlines();
  const now = Date.now();
  const told: string[] = [];
  const last = Promise.withResolvers<void>();
  const gone = { deadline: now + 5000, expire: () => void told.push("gone") };
  const late = {
    deadline: now - 1,
    expire() {
      told.push("late");
      deadlines.delete(gone);
    },
  };
  const left = {
    deadline: now + 30,
    expire() {
      told.push("left");
      last.resolve();
    },
  };
  for (const one of [left, gone, late]) deadlines.add(one);
  await last.promise;
  deadlines.stop();
  assertEquals(told, ["late", "left"]);
});
