import { assertEquals } from "@std/assert";
import { acceptsGzip } from "./preferences.ts";

for (
  const [encoding, accepted] of [
    ["gzip", true],
    ["deflate, gzip;q=0.5", true],
    ["x-gzip", true],
    ["*", true],
    ["br", false],
    ["gzip;q=0, *", false],
    ["identity", false],
    [null, false],
  ] as const
) {
  Deno.test(`acceptsGzip() takes '${encoding}' for ${accepted}`, () => {
    assertEquals(acceptsGzip(encoding), accepted);
  });
}
