import { assert, assertEquals } from "@std/assert";
import { testWith } from "../../testing/permissions.ts";
import type { Queryable, ReadOptions } from "../samples.ts";
import { type ApiServer, partsWith, serveApi } from "./server_fixture.ts";

const never = new Promise<never>(() => {});

/** A store that answers nothing, and tells what may end its work. */
function stuckStorage(signals: AbortSignal[]): Queryable {
  const wait = (options?: ReadOptions): Promise<never> => {
    if (options?.signal !== undefined) signals.push(options.signal);
    return never;
  };
  return {
    ...partsWith().storage,
    select: (_matchers, _range, options) => wait(options),
    series: (_groups, _range, options) => wait(options),
    labelNames: (_groups, _range, options) => wait(options),
    labelValues: (_name, _groups, _range, options) => wait(options),
    exemplars: (_groups, _range, options) => wait(options),
    metadata: () => new Map(),
  };
}

for (
  const path of [
    "labels",
    "labels?match[]=up&timeout=1h",
    "label/job/values",
    "series?match[]=up",
    "query_exemplars?query=up",
  ]
) {
  testWith(["net"], `lookUp() ends ${path} when a query would have to end`, async () => {
    const signals: AbortSignal[] = [];
    const parts = { storage: stuckStorage(signals), queryTimeoutMs: 10 };
    await using server: ApiServer = serveApi(parts);
    const response = await fetch(`${server.url}/api/v1/${path}`);
    assertEquals(response.status, 503);
    assertEquals(await response.json(), {
      status: "error",
      errorType: "timeout",
      error: "query timed out in label lookup",
    });
    assertEquals(signals.length, 1);
    assert(signals.every(({ aborted }) => aborted), "the store has not been told");
  });
}
