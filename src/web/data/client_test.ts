import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { AskError } from "./errors.ts";
import { clientOf, failure } from "./client_fixture.ts";
import { PrometheusClient } from "./client.ts";

const VECTOR = { resultType: "vector", result: [{ metric: { job: "a" }, value: [12.5, "1"] }] };

Deno.test("PrometheusClient posts queries as a form, with times in seconds", async () => {
  const { client, asked } = clientOf(({ path }) =>
    path === "query" ? VECTOR : { resultType: "matrix", result: [] }
  );
  const answer = await client.query("up", { time: 1_700_000_000_123 });
  assertEquals(answer, {
    type: "vector",
    series: [{ metric: { job: "a" }, values: [[12.5, "1"]] }],
    warnings: [],
    infos: [],
  });
  await client.queryRange("up", { start: 1500, end: 4500, step: 0.5 });
  assertEquals(asked.map(({ path, method, parameters }) => [path, method, String(parameters)]), [
    ["query", "POST", "query=up&time=1700000000.123"],
    ["query_range", "POST", "query=up&start=1.5&end=4.5&step=0.5"],
  ]);
});

Deno.test("PrometheusClient looks names up within selectors and a span", async () => {
  const { client, asked } = clientOf(() => ["x"]);
  assertEquals(await client.labelValues("a/b", { match: ["up", "down"] }), ["x"]);
  assertEquals(await client.labelNames({ range: { from: 1000, to: 2000 }, limit: 5 }), ["x"]);
  assertEquals(asked.map(({ path, parameters }) => `${path} ${parameters}`), [
    "label/a%2Fb/values match%5B%5D=up&match%5B%5D=down",
    "labels start=1&end=2&limit=5",
  ]);
});

Deno.test("PrometheusClient reads scalars, strings, warnings and infos", async () => {
  const { client } = clientOf(({ parameters }) =>
    Response.json({
      status: "success",
      data: { resultType: parameters.get("query") ?? "", result: [3, "NaN"] },
      warnings: ["careful"],
      infos: ["by the way"],
    })
  );
  for (const type of ["scalar", "string"] as const) {
    assertEquals(await client.query(type), {
      type,
      series: [{ metric: {}, values: [[3, "NaN"]] }],
      warnings: ["careful"],
      infos: ["by the way"],
    });
  }
});

Deno.test("PrometheusClient says who failed, and what to do", async () => {
  const cases: [() => unknown, AskError["kind"], string][] = [
    [() => Promise.reject(new TypeError("connection refused")), "network", "cannot be reached"],
    [() => new Response("<html>", { status: 502, statusText: "Bad Gateway" }), "http", "502 Bad"],
    [() => new Response("no such page", { status: 404 }), "http", "--prometheus-url"],
    [() => Response.json("hello"), "http", "Instead of Prometheus' JSON"],
    [
      () => failure("bad_data", 'invalid parameter "query": 1:2: parse error: oh'),
      "prometheus",
      ": 1:2: parse error: oh",
    ],
    [() => failure("timeout", "query timed out", 503), "prometheus", "shorter time"],
    [() => failure("sleepy", "zzz"), "prometheus", "sleepy: zzz"],
  ];
  for (const [answer, kind, words] of cases) {
    const { client } = clientOf(answer);
    const error = await assertRejects(() => client.query("up"), AskError);
    assertEquals(error.kind, kind);
    assertStringIncludes(error.message, words);
  }
});

Deno.test("PrometheusClient gives an answer up that does not come", async () => {
  const never: typeof fetch = (_, init) =>
    new Promise((_, reject) => {
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
    });
  const client = new PrometheusClient({ fetch: never, timeout: 0.001 });
  const error = await assertRejects(() => client.alerts(), AskError, "no answer within 0.001 s");
  assertEquals(error.kind, "network");
});

Deno.test("PrometheusClient ends a request when nobody waits any more", async () => {
  const { promise: sent, resolve: begin } = Promise.withResolvers<AbortSignal>();
  const { client } = clientOf(({ signal }) => {
    begin(signal);
    return new Promise((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason))
    );
  });
  const abort = new AbortController();
  const answer = client.query("up", { signal: abort.signal });
  const signal = await sent;
  abort.abort();
  await assertRejects(() => answer, DOMException);
  assertEquals(signal.aborted, true);
});

Deno.test("PrometheusClient asks what is asked twice at the same time once", async () => {
  const { client, asked } = clientOf(() => VECTOR);
  const abort = new AbortController();
  const answers = [client.query("up"), client.query("up"), client.query("up", abort)];
  abort.abort();
  const [one, two] = await Promise.all(answers.slice(0, 2));
  assertEquals(one, two);
  await assertRejects(() => answers[2] ?? Promise.resolve(), DOMException);
  assertEquals(asked.length, 1);
  await client.query("up");
  assertEquals(asked.length, 2);
});

Deno.test("PrometheusClient reads the rest of the API", async () => {
  const data: Record<string, unknown> = {
    metadata: { up: [{ type: "gauge", help: "Up.", unit: "" }], none: [] },
    rules: { groups: [{ name: "g" }] },
    alerts: { alerts: [{ state: "firing" }] },
    targets: { activeTargets: [{ health: "up" }] },
    "status/buildinfo": { version: "3" },
    "format_query": "up > 0",
    series: [{ job: "a" }],
    "query_exemplars": [],
  };
  const { client } = clientOf(({ path }) => data[path]);
  assertEquals([...(await client.metadata()).keys()], ["up"]);
  assertEquals((await client.rules()).map(({ name }) => name), ["g"]);
  assertEquals((await client.alerts()).map(({ state }) => state), ["firing"]);
  assertEquals((await client.targets()).map(({ health }) => health), ["up"]);
  assertEquals((await client.buildInfo()).version, "3");
  assertEquals(await client.format("up>0"), "up > 0");
  assertEquals(await client.series({ match: ["up"] }), [{ job: "a" }]);
  assertEquals(await client.exemplars("up", { range: { from: 0, to: 1 } }), []);
});
