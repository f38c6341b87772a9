import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { serveEchoscope } from "../testing/echoscope.ts";
import { testWith } from "../testing/permissions.ts";
import { ask } from "./monitor_fixture.ts";

const NEEDS = ["run", "env", "read", "net"] as const;

testWith(NEEDS, "serve ends at SIGTERM while a query runs, which is cut", async () => {
  await using service = await serveEchoscope([
    "--query-timeout=1h",
    "--query-max-samples=1000000000",
  ]);
  const { http } = service;
  // Minutes of work, in pieces.
  const piece = (share: number) => `quantile_over_time(${share}, sin(vector(time()))[10m:1s])`;
  const query = Array.from({ length: 200 }, (_, i) => piece(i / 200)).join(" + ");
  const slow = ask(http, "query_range", { query, start: "0", end: "10000", step: "1" });
  // Once this is answered the query has arrived.
  await ask(http, "labels");
  service.signal("SIGTERM");
  const { status, body } = await slow;
  assertEquals([status, body.errorType, body.error], [
    503,
    "canceled",
    "the query was cut: the program is stopping",
  ]);
  assertEquals((await service.status).code, 0);
  await service.stderr.ended;
  assertStringIncludes(service.stderr.text, '"stopped"');
  assert(!/"level":"(warn|error)"|abort|rejection/i.test(service.stderr.text), service.stderr.text);
});
