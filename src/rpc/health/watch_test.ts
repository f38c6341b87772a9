import { assertEquals } from "@std/assert";
import type { HealthCheckResponse } from "./service.ts";
import { watchStatus } from "./watch.ts";

/** A stream whose reader takes a status only when it likes. */
function watched() {
  let status: HealthCheckResponse["status"] = "SERVING";
  let draining = false;
  const watchers = new Set<() => void>();
  const abort = new AbortController();
  const stream = watchStatus({
    status: () => status,
    isDraining: () => draining,
    subscribe(changed) {
      watchers.add(changed);
      return () => watchers.delete(changed);
    },
    signal: abort.signal,
  });
  return {
    stream,
    abort,
    watchers,
    change(next: HealthCheckResponse["status"], nowDraining = false) {
      [status, draining] = [next, nowDraining];
      for (const changed of watchers) changed();
    },
  };
}

Deno.test("watchStatus() gives a slow reader the latest status, not each", async () => {
  const { stream, change } = watched();
  assertEquals((await stream.next()).value, { status: "SERVING" });
  for (let i = 0; i < 100; i++) change(i % 2 === 0 ? "NOT_SERVING" : "SERVING");
  change("NOT_SERVING");
  assertEquals((await stream.next()).value, { status: "NOT_SERVING" });
  change("SERVING");
  change("NOT_SERVING", true);
  assertEquals((await stream.next()).done, true, "the reader has this status already");
});

Deno.test("watchStatus() lets go of everything when its reader has gone", async () => {
  const { stream, abort, watchers } = watched();
  await stream.next();
  assertEquals(watchers.size, 1);
  const next = stream.next();
  abort.abort();
  assertEquals((await next).done, true);
  assertEquals(watchers.size, 0);
});
