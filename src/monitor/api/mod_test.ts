import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { testWith } from "../../testing/permissions.ts";
import { createFloatHistogram } from "../histogram/mod.ts";
import { Labels } from "../labels.ts";
import { Engine } from "../promql/engine.ts";
import { Store } from "../store/store.ts";
import { START } from "./data_fixture.ts";
import { type ApiParts, apiRoutes } from "./mod.ts";
import { partsWith, serveApi } from "./server_fixture.ts";

/** Asks without a network. */
async function ask(
  path: string,
  { parts = {}, ...init }: RequestInit & { readonly parts?: Partial<ApiParts> } = {},
): Promise<Response> {
  const [route] = apiRoutes(partsWith(parts));
  if (route === undefined) throw new Error("the API has no route");
  const request = new Request(`http://127.0.0.1/api/v1/${path}`, init);
  return await route.handle(request, { transport: "tcp", hostname: "127.0.0.1", port: 1 });
}

function storeWith(samples: Parameters<Store["append"]>[0]["samples"]): Store {
  const store = new Store({ clock: () => START });
  store.append({ source: "test", time: START, samples });
  return store;
}

const AT = "time=1700000000.781";

Deno.test("apiRoutes() shows native histograms", async () => {
  const histogram = createFloatHistogram({
    schema: 0,
    count: 9.5,
    sum: 1e-9,
    zeroThreshold: 0.5,
    zeroCount: 2.5,
    positive: { indexes: [0, 2], counts: [4, 3] },
  });
  const store = storeWith([{ series: Labels.from({ __name__: "h" }), value: NaN, histogram }]);
  const json = '{"count":"9.5","sum":"1e-09","buckets":' +
    '[[3,"-0.5","0.5","2.5"],[0,"0.5","1","4"],[0,"2","4","3"]]}';
  const instant = await ask(`query?query=h&${AT}`, { parts: { storage: store } });
  assertEquals(
    await instant.text(),
    '{"status":"success","data":{"resultType":"vector","result":' +
      `[{"metric":{"__name__":"h"},"histogram":[1700000000.781,${json}]}]}}`,
  );
  const range = await ask("query_range?query=h&start=1700000001&end=1700000002&step=1", {
    parts: { storage: store },
  });
  assertEquals(
    await range.text(),
    '{"status":"success","data":{"resultType":"matrix","result":[{"metric":{"__name__":"h"},' +
      `"histograms":[[1700000001,${json}],[1700000002,${json}]]}]}}`,
  );
});

Deno.test("apiRoutes() takes names of labels with any character", async () => {
  const storage = storeWith([
    { series: Labels.from({ "__name__": "a", "dotted.name": "x<y" }), value: 1 },
  ]);
  for (const name of ["dotted.name", "U__dotted_2e_name", "dotted%2Ename"]) {
    const response = await ask(`label/${name}/values`, { parts: { storage } });
    assertEquals(await response.text(), '{"status":"success","data":["x\\u003cy"]}', name);
  }
});

Deno.test("apiRoutes() shows exemplars of the series in a query", async () => {
  const exemplar = { labels: Labels.from({ trace: "7" }), value: 0.25, time: START - 70 };
  const storage = storeWith([
    { series: Labels.from({ __name__: "a" }), value: 1, exemplar },
    { series: Labels.from({ __name__: "b" }), value: 1, exemplar },
  ]);
  const response = await ask("query_exemplars?query=rate(a[5m])/c", { parts: { storage } });
  assertEquals(
    await response.text(),
    '{"status":"success","data":[{"seriesLabels":{"__name__":"a"},"exemplars":' +
      '[{"labels":{"trace":"7"},"value":"0.25","timestamp":1700000000.711}]}]}',
  );
});

Deno.test("apiRoutes() shows metadata, sorted and limited", async () => {
  const storage = new Store();
  storage.addMetadata("b", { type: "gauge", help: "first", unit: "" });
  storage.addMetadata("b", { type: "gauge", help: "second <b>", unit: "" });
  storage.addMetadata("a_seconds", { type: "histogram", help: "", unit: "seconds" });
  const a = '"a_seconds":[{"type":"histogram","unit":"seconds","help":""}]';
  const first = '{"type":"gauge","unit":"","help":"first"}';
  const second = '{"type":"gauge","unit":"","help":"second \\u003cb\\u003e"}';
  for (
    const [query, data] of [
      ["", `{${a},"b":[${first},${second}]}`],
      ["limit_per_metric=1", `{${a},"b":[${first}]}`],
      ["limit=1", `{${a}}`],
      ["limit=0", "{}"],
      ["metric=b", `{"b":[${first},${second}]}`],
      ["metric=c", "{}"],
    ]
  ) {
    const response = await ask(`metadata?${query}`, { parts: { storage } });
    assertEquals(await response.text(), `{"status":"success","data":${data}}`, query);
  }
});

Deno.test("apiRoutes() tells ten warnings and how many more there are", async () => {
  const query = Array.from({ length: 12 }, (_, i) => `quantile(${i + 2}, text)`).join(" or ");
  const { warnings } = await (await ask(`query?query=${encodeURIComponent(query)}`)).json();
  assertEquals(warnings.length, 11);
  assertStringIncludes(warnings[0], "PromQL warning: quantile value should be between 0 and 1");
  assertEquals(warnings[10], "2 more warning annotations omitted");
});

Deno.test("apiRoutes() counts samples where statistics are asked for", async () => {
  const { data: { stats } } = await (await ask(`query?query=text&${AT}&stats=all`)).json();
  assertEquals(stats.samples, { totalQueryableSamples: 1, peakSamples: 1 });
  assert(stats.timings.execTotalTime > 0);
});

Deno.test("apiRoutes() keeps to limits of its own", async () => {
  const few = await ask("query_range?query=1&start=0&end=11&step=1", { parts: { maxPoints: 10 } });
  assertEquals(few.status, 400);
  assertStringIncludes((await few.json()).error, "exceeded maximum resolution of 10 points");
  const large = await ask("query", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `query=${"a".repeat(1024 * 1024)}`,
  });
  assertEquals(large.status, 413);
  assertEquals(await large.json(), {
    status: "error",
    errorType: "bad_data",
    error: "the request's body is too long: at most 1048576 bytes are read",
  });
  const long = await ask("query", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `query=${"a".repeat(100_000)}`,
  });
  assertEquals(long.status, 400);
  assertStringIncludes((await long.json()).error, "query is too long");
  const selectors = await ask(`series?${`match[]=${"a".repeat(6000)}&`.repeat(9)}`);
  assertEquals(selectors.status, 400);
  assertStringIncludes((await selectors.json()).error, "match[] is too long");
});

/** An engine whose queries end only when they are stopped. */
class EndlessEngine extends Engine {
  readonly started = Promise.withResolvers<void>();

  override instant(...[, , options]: Parameters<Engine["instant"]>): ReturnType<Engine["instant"]> {
    const select = () => {
      this.started.resolve();
      return new Promise<never>(() => {});
    };
    const storage = { ...partsWith().storage, select };
    return super.instant(storage, { query: "up", time: 0 }, options);
  }
}

Deno.test("apiRoutes() ends a query after its timeout", async () => {
  const engine = new EndlessEngine();
  for (const timeout of ["0.01", "10ms"]) {
    const response = await ask(`query?query=up&timeout=${timeout}`, { parts: { engine } });
    assertEquals(response.status, 503);
    assertEquals(await response.json(), {
      status: "error",
      errorType: "timeout",
      error: "query timed out in expression evaluation",
    });
  }
  const capped = await ask(`query?query=up&timeout=1h`, { parts: { engine, queryTimeoutMs: 10 } });
  assertEquals((await capped.json()).errorType, "timeout");
});

Deno.test("apiRoutes() ends a query when the client goes away", async () => {
  const engine = new EndlessEngine();
  const client = new AbortController();
  const answer = ask("query?query=up", { parts: { engine }, signal: client.signal });
  await engine.started.promise;
  client.abort();
  const response = await answer;
  assertEquals(response.status, 499);
  assertEquals((await response.json()).errorType, "canceled");
});

Deno.test("apiRoutes() says that it failed when the storage does", async () => {
  const storage = {
    ...partsWith().storage,
    labelNames: () => Promise.reject(new Error("no disk")),
  };
  const response = await ask("labels", { parts: { storage } });
  assertEquals(response.status, 500);
  assertEquals(
    await response.text(),
    '{"status":"error","errorType":"internal","error":"no disk"}',
  );
});

Deno.test("apiRoutes() answers only methods that an address has", async () => {
  const wrong = await ask("label/job/values", { method: "POST" });
  assertEquals([wrong.status, wrong.headers.get("allow")], [405, "GET"]);
  const right = await ask("labels", { method: "POST" });
  assertEquals(right.status, 200);
  const head = await ask("labels", { method: "HEAD" });
  assertEquals([head.status, head.body], [200, null]);
});

/** A long result, and its text. */
const LONG = "query_range?query=http_requests_total&start=1700000000&end=1700001200&step=0.5";

Deno.test("apiRoutes() compresses what is worth it for those who accept that", async () => {
  const plain = await ask(LONG);
  assertEquals(plain.headers.get("content-encoding"), null);
  assertEquals(plain.headers.get("vary"), "accept-encoding");
  const text = await plain.text();
  assert(text.length > 300_000);
  for (const accepted of ["gzip", "deflate, gzip;q=0.5, br"]) {
    const packed = await ask(LONG, { headers: { "accept-encoding": accepted } });
    assertEquals(packed.headers.get("content-encoding"), "gzip");
    assert(packed.body !== null);
    const unpacked = packed.body.pipeThrough(new DecompressionStream("gzip"));
    assertEquals(await new Response(unpacked).text(), text);
  }
  for (const [path, accepted] of [[LONG, "br, gzip;q=0"], ["query?query=1", "gzip"]] as const) {
    const response = await ask(path, { headers: { "accept-encoding": accepted } });
    assertEquals(response.headers.get("content-encoding"), null);
    await response.body?.cancel();
  }
});

Deno.test("apiRoutes() gives the version of Prometheus that it is like", async () => {
  const { data } = await (await ask("status/buildinfo")).json();
  assertEquals([data.version.split(".")[0], data.revision], ["3", "echoscope-1.2.3"]);
  const { data: runtime } = await (await ask("status/runtimeinfo")).json();
  assertEquals(runtime.serverTime, "2023-11-14T22:33:20.781Z");
});

testWith(["net"], "apiRoutes() stop writing when the client stops reading", async () => {
  await using server = serveApi();
  const response = await fetch(`${server.url}/api/v1/${LONG}`);
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
});
