import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { END } from "../monitor/api/data_fixture.ts";
import { startPrometheus } from "../monitor/api/prometheus_fixture.ts";
import { serveEchoscope } from "../testing/echoscope.ts";
import { testWith } from "../testing/permissions.ts";
import { findProgram, testWithProgram } from "../testing/programs.ts";
import { ask, deadHost } from "./monitor_fixture.ts";

const NEEDS = ["run", "env", "read", "net"] as const;

testWith(NEEDS, "serve --prometheus-url asks that Prometheus, and scrapes nothing", async (t) => {
  const asked: string[] = [];
  const hanging = Promise.withResolvers<void>();
  const late = Promise.withResolvers<Response>();
  const upstream = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => {
      const { pathname, search } = new URL(request.url);
      asked.push(pathname + search);
      if (!search.includes("late")) return Response.json({ status: "success", data: pathname });
      hanging.resolve();
      return late.promise;
    },
  );
  const url = `http://127.0.0.1:${upstream.addr.port}/prometheus`;
  await using service = await serveEchoscope([
    `--prometheus-url=${url}`,
    "--query-timeout=1h",
    "--scrape-interval=100ms",
  ]);
  const { http } = service;

  await t.step("its answers come as they are", async () => {
    assertEquals(await ask(http, "query", { query: "up" }), {
      status: 200,
      body: { status: "success", data: "/prometheus/api/v1/query" },
    });
    assertEquals(asked, ["/prometheus/api/v1/query?query=up"]);
    const page = await fetch(http, { headers: { accept: "text/html" } });
    assertStringIncludes(await page.text(), "/assets/page-");
  });

  await t.step("SIGTERM does not wait for an answer that does not come", async () => {
    const answer = ask(http, "query", { query: "late" });
    await hanging.promise;
    service.signal("SIGTERM");
    const { status, body } = await answer;
    assertEquals([status, body.error], [503, "the query was cut: the program is stopping"]);
    assertEquals((await service.status).code, 0);
  });
  late.resolve(new Response());
  await upstream.shutdown();
});

testWithProgram(
  "prometheus",
  "serve --prometheus-url asks a real Prometheus",
  async (prometheus) => {
    const promtool = findProgram("promtool");
    assert(promtool !== undefined, "promtool comes with prometheus");
    await using real = await startPrometheus(prometheus, promtool);
    await using service = await serveEchoscope([`--prometheus-url=${real.url}`]);
    for (
      const [path, parameters] of [
        ["query", { query: "sum by (code) (http_requests_total)", time: String(END / 1000) }],
        ["query", { query: "sum(" }],
        ["labels", {}],
      ] as const
    ) {
      assertEquals(
        await ask(service.http, path, parameters),
        await ask(real.url, path, parameters),
      );
    }
  },
);

testWith(NEEDS, "serve --prometheus-url answers 502 where there is none", async () => {
  const dead = deadHost();
  await using service = await serveEchoscope([`--prometheus-url=http://user:secret@${dead}`]);
  assertEquals(await ask(service.http, "query", { query: "up" }), {
    status: 502,
    body: {
      status: "error",
      errorType: "unavailable",
      error: `Prometheus at http://${dead} cannot be reached`,
    },
  });
  assertStringIncludes(await service.stderr.find("gave no answer"), '"level":"warn"');
  assert(!service.stderr.text.includes("secret"));
});
