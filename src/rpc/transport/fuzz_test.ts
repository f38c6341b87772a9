import { assert, assertEquals } from "@std/assert";
import { fuzzTransport } from "./fuzz_fixture.ts";

const COUNT = 400;

for (const seed of [1, 2]) {
  Deno.test(`listenNative() bears ${COUNT} conversations with faults beside sound ones (seed ${seed})`, async () => {
    const { calls, errors, refused } = await fuzzTransport({ seed, count: COUNT });
    // Most that is sent must get as far as to handlers, and every way to end a call be met.
    assert(errors > COUNT / 4 && errors < COUNT * 0.9, `${errors} connections failed`);
    assertEquals(Object.keys(calls).sort(), [
      "CANCELLED",
      "DEADLINE_EXCEEDED",
      "INTERNAL",
      "NOT_FOUND",
      "OK",
      "RESOURCE_EXHAUSTED",
      "UNIMPLEMENTED",
    ]);
    assert(Object.keys(refused).length >= 4, `refused were ${JSON.stringify(refused)}`);
  });
}
