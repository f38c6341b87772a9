import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import manifest from "../../deno.json" with { type: "json" };
import { RULES } from "../dashboards/embedded.ts";
import { until } from "../exporters/prometheus/prometheus_fixture.ts";
import { END } from "../monitor/api/data_fixture.ts";
import { startPrometheus } from "../monitor/api/prometheus_fixture.ts";
import { loadRules } from "../monitor/rules/rule_file.ts";
import { runEchoscope, serveEchoscope, spawnEchoscope } from "../testing/echoscope.ts";
import { testWith } from "../testing/permissions.ts";
import { findProgram, testWithProgram } from "../testing/programs.ts";
import { ask, temporaryFolder, untilFound, valuesOf } from "./monitor_fixture.ts";

const NEEDS = ["run", "env", "read", "net"] as const;
const FILES = [...NEEDS, "write"] as const;
const FREE_PORTS = [
  "--host=127.0.0.1",
  "--port=0",
  "--metrics-host=127.0.0.1",
  "--metrics-port=0",
] as const;

/** A program with one page of metrics, `/metrics`; one without a page never answers. */
function servePage(page?: string): AsyncDisposable & { readonly host: string } {
  const never = Promise.withResolvers<Response>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    if (page === undefined) return never.promise;
    const isThere = new URL(request.url).pathname === "/metrics";
    return new Response(isThere ? page : "no such page", { status: isThere ? 200 : 404 });
  });
  return {
    host: `127.0.0.1:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      never.resolve(new Response());
      await server.shutdown();
    },
  };
}

/** An address where nobody answers. */
function deadHost(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return `127.0.0.1:${listener.addr.port}`;
}

async function metric(http: string, series: string): Promise<number> {
  const page = await (await fetch(`${http}/metrics`)).text();
  const line = page.split("\n").find((one) => one.startsWith(`${series} `));
  assert(line !== undefined, `no sample of ${series} in:\n${page}`);
  return Number(line.slice(series.length + 1));
}

testWith(
  NEEDS,
  "serve shows its own past, and that of others, as a Prometheus would",
  async (t) => {
    await using good = servePage('# HELP jobs Jobs.\n# TYPE jobs gauge\njobs{state="waiting"} 7\n');
    await using malformed = servePage("jobs 7\njobs 8 nine\n");
    await using silent = servePage();
    await using elsewhere = servePage("jobs 9\n");
    const dead = deadHost();
    await using service = await serveEchoscope([
      "--scrape-interval=1s",
      "--scrape-timeout=900ms",
      `--scrape=http://${good.host}/metrics`,
      `--scrape=http://${dead}/metrics,http://${malformed.host}/metrics`,
      `--scrape=http://${silent.host}/metrics,http://${elsewhere.host}/nothing`,
    ]);
    const { http } = service;
    const own = new URL(http).host;
    await untilFound(http, `up{instance="${own}"} == 1 and on () up{instance="${dead}"} == 0`);

    await t.step("query: the program itself and the pages of --scrape", async () => {
      await untilFound(http, "jobs");
      assertEquals(await valuesOf(http, "jobs", "state"), { waiting: "7" });
      assertEquals(await valuesOf(http, `up{pod="local"}`, "job"), { echoscope: "1" });
      const info = await valuesOf(http, "echoscope_build_info", "version");
      assertEquals(info, { [manifest.version]: "1" });
    });

    await t.step("targets: who is up, and why others are not", async () => {
      const targets = await until(async () => {
        const { body } = await ask(http, "targets");
        const active: { scrapeUrl: string; health: string; lastError: string }[] =
          body.data.activeTargets;
        return active.some(({ health }) => health === "unknown") ? undefined : active;
      }, { what: "every target to be scraped", deadline: 30_000 });
      assertEquals(targets.map(({ scrapeUrl, health }) => [scrapeUrl, health]), [
        [`http://${own}/metrics`, "up"],
        [`http://${good.host}/metrics`, "up"],
        [`http://${dead}/metrics`, "down"],
        [`http://${malformed.host}/metrics`, "down"],
        [`http://${silent.host}/metrics`, "down"],
        [`http://${elsewhere.host}/nothing`, "down"],
      ]);
      const reasons = targets.slice(2).map(({ lastError }) => lastError);
      for (const [i, reason] of ["refused", "line 2, column 8", "deadline", "404"].entries()) {
        assertStringIncludes(reasons[i] ?? "", reason);
      }
      assertStringIncludes(await service.stderr.find(malformed.host), '"a scrape failed"');
      assertEquals(await valuesOf(http, "up", "instance"), {
        [own]: "1",
        [good.host]: "1",
        [dead]: "0",
        [malformed.host]: "0",
        [silent.host]: "0",
        [elsewhere.host]: "0",
      });
      const { activeTargets: [first] } = (await ask(http, "targets")).body.data;
      assertEquals([first.scrapeInterval, first.scrapeTimeout], ["1s", "900ms"]);
      assertEquals(await valuesOf(http, "scrape_samples_scraped == 1", "instance"), {
        [good.host]: "1",
      });
    });

    await t.step("labels, values, series and metadata", async () => {
      const data = async (path: string, parameters?: Record<string, string>) =>
        (await ask(http, path, parameters)).body.data;
      assert((await data("labels")).includes("grpc_code"));
      assertEquals(await data("label/state/values"), ["waiting"]);
      assertEquals((await data("series", { "match[]": "jobs" })).length, 1);
      assertEquals((await data("metadata", { metric: "jobs" })).jobs, [
        { type: "gauge", unit: "", help: "Jobs." },
      ]);
    });

    await t.step("rules and alerts: those that the program carries", async () => {
      const alerts = await until(async () => {
        const { alerts } = (await ask(http, "alerts")).body.data;
        return alerts.length > 0 ? alerts : undefined;
      }, { what: "an alert", deadline: 30_000 });
      assert(
        alerts.some(({ labels, state }: { labels: Record<string, string>; state: string }) =>
          labels["alertname"] === "EchoscopeDown" && labels["instance"] === dead &&
          state === "pending"
        ),
        JSON.stringify(alerts),
      );
      const { groups } = (await ask(http, "rules")).body.data;
      const health = groups.flatMap(({ rules }: { rules: { health: string }[] }) =>
        rules.map((rule) => rule.health)
      );
      assertEquals(health.length, loadRules(RULES).flatMap(({ rules }) => rules).length);
      assert(health.includes("ok") && !health.includes("err"), health.join());
    });

    await t.step("a query that cannot be answered says why, and is counted", async () => {
      const series = 'monitor_queries_total{result="bad_data"}';
      const before = await metric(http, series);
      const { status, body } = await ask(http, "query", { query: "sum(" });
      assertEquals([status, body.errorType], [400, "bad_data"]);
      assertMatch(body.error, /1:5: parse error: unclosed left parenthesis/);
      assertEquals(await metric(http, series), before + 1);
    });

    await t.step("its own metrics tell of its store and its queries", async () => {
      await untilFound(http, "monitor_series > 100");
      assert(await metric(http, "monitor_series") > 100);
      assert(await metric(http, "monitor_store_bytes") > 0);
      assert(await metric(http, "monitor_samples_appended_total") > 100);
      assertEquals(await metric(http, 'monitor_samples_refused_total{reason="out_of_order"}'), 0);
      assertEquals(await metric(http, "monitor_series_evicted_total"), 0);
      assert(await metric(http, "monitor_query_seconds_count") > 0);
      await untilFound(http, 'monitor_queries_total{result="ok"} > 0');
    });

    await t.step("a browser gets the page where others get a list", async () => {
      const page = await fetch(http, { headers: { accept: "text/html" } });
      assertStringIncludes(page.headers.get("content-type") ?? "", "text/html");
      assertStringIncludes(await page.text(), "/assets/page-");
      const list = await (await fetch(http)).text();
      assertStringIncludes(list, "/api/v1/*");
      assertStringIncludes(list, "/explore");
    });

    await t.step("SIGTERM ends it at once, with nothing to complain of", async () => {
      service.signal("SIGTERM");
      assertEquals((await service.status).code, 0);
      await service.stderr.ended;
      for (const line of service.stderr.text.split("\n").filter((one) => one !== "")) {
        assert(JSON.parse(line).level !== "error", line);
      }
    });
  },
);

testWith(NEEDS, "serve --monitor=false has neither page nor API, and keeps nothing", async () => {
  await using service = await serveEchoscope(["--monitor=false", "--scrape=http://127.0.0.1:1/"]);
  const html = await fetch(service.http, { headers: { accept: "text/html" } });
  assertStringIncludes(html.headers.get("content-type") ?? "", "text/plain");
  assert(!(await html.text()).includes("/api/v1"));
  const api = await fetch(`${service.http}/api/v1/query?query=up`);
  assertEquals(api.status, 404);
  assertStringIncludes(await api.text(), "This server has:");
  const warning = await service.stderr.find("nothing is scraped or stored here");
  assertEquals(JSON.parse(warning).because, "--monitor=false");
  assertEquals(JSON.parse(warning).ignored, "--scrape");
  const page = await (await fetch(`${service.http}/metrics`)).text();
  assert(!/^monitor_series /m.test(page), "there is no store to tell of");
});

testWith(
  NEEDS,
  "serve keeps within --max-series and --retention, and says what it refuses",
  async () => {
    await using service = await serveEchoscope([
      "--scrape-interval=200ms",
      "--max-series=100",
      "--retention=1m",
    ]);
    const { http } = service;
    await until(
      async () => await metric(http, "monitor_series") > 0 ? true : undefined,
      { what: "a series", deadline: 30_000 },
    );
    assert(await metric(http, "monitor_series") <= 100);
    assert(await metric(http, 'monitor_samples_refused_total{reason="too_many_series"}') > 0);
    await service.stderr.find("samples of a page are not stored");
    const { storageRetention } = (await ask(http, "status/runtimeinfo")).body.data;
    assertEquals(storageRetention, "1m");
    const [target] = (await ask(http, "targets")).body.data.activeTargets;
    assertEquals([target.scrapeInterval, target.scrapeTimeout], ["200ms", "200ms"]);
  },
);

testWith(
  NEEDS,
  "serve answers settings of the monitor that make no sense with exit status 2",
  async () => {
    const { code, stderr } = await runEchoscope([
      "serve",
      "--scrape=http://a/metrics,ftp://b/",
      "--scrape-interval=5",
      "--scrape-timeout=1ms",
      "--retention=1s",
      "--max-series=many",
      "--prometheus-url=prometheus:9090",
      "--store=",
    ]);
    assertEquals(code, 2);
    assertEquals(
      stderr.trimEnd().split("\n").map((line) => line.trim().replace(/; several.*?, /, ", ")),
      [
        "echoscope serve:",
        "--prometheus-url (PROMETHEUS_URL) must be a URL that begins with http:// or https://, but is 'prometheus:9090'",
        "--scrape (SCRAPE) must be a URL that begins with http:// or https://, but is 'http://a/metrics,ftp://b/'",
        "--scrape-interval (SCRAPE_INTERVAL) must be a time from 100ms to 1h, such as 500ms, 2s or 1m30s, but is '5'",
        "--scrape-timeout (SCRAPE_TIMEOUT) must be a time from 10ms to 1h, such as 500ms, 2s or 1m30s, but is '1ms'",
        "--retention (RETENTION) must be a time from 1m to 8760h, such as 500ms, 2s or 1m30s, but is '1s'",
        "--max-series (MAX_SERIES) must be an integer from 100 to 10000000, but is 'many'",
        "--store (STORE) must be the path of a folder, but is ''",
      ],
    );
  },
);

testWith(NEEDS, "serve refuses a timeout that is longer than the interval", async () => {
  const { code, stderr } = await runEchoscope(
    ["serve", ...FREE_PORTS, "--scrape-timeout=10s"],
    { SCRAPE_INTERVAL: "2s" },
  );
  assertEquals([code, stderr], [
    2,
    "echoscope serve: --scrape-timeout (SCRAPE_TIMEOUT) must be at most --scrape-interval " +
    "(SCRAPE_INTERVAL), which is 2s, but is '10s'\n",
  ]);
});

testWith(
  FILES,
  "serve --store keeps samples over a SIGTERM and a kill -9, torn or not",
  async (t) => {
    await using folder = await temporaryFolder();
    const store = `${folder.path}/store`;
    const args = [`--store=${store}`, "--scrape-interval=200ms"];
    const permissions = [`--allow-read=${folder.path}`, `--allow-write=${folder.path}`];
    const open = () => serveEchoscope(args, {}, { permissions });
    /** How many of earlier instances, each of which had a port of its own, are in a store. */
    const found = async (http: string, instances: readonly string[]) => {
      const names = await valuesOf(http, "last_over_time(up[1h])", "instance");
      return instances.filter((instance) => instance in names);
    };
    const hosts: string[] = [];

    await t.step("SIGTERM", async () => {
      await using service = await open();
      hosts.push(new URL(service.http).host);
      await untilFound(service.http, "up");
      service.signal("SIGTERM");
      assertEquals((await service.status).code, 0);
    });

    await t.step("a second process, then kill -9", async () => {
      await using service = await open();
      assertEquals(await found(service.http, hosts), hosts);
      const second = await runEchoscope(["serve", ...FREE_PORTS, ...args], {}, { permissions });
      assertEquals([second.code, second.stderr], [
        1,
        `echoscope serve: Cannot open the store in '${store}': ` +
        `another process uses it (process ${service.pid})\n`,
      ]);
      hosts.push(new URL(service.http).host);
      await untilFound(service.http, `up{instance="${hosts.at(-1)}"}`);
      await until(async () => {
        const bytes = (await logsOf(store)).at(-1)?.size ?? 0;
        return (await logsOf(store)).length > 1 && bytes > 0 ? true : undefined;
      }, { what: "the log to be written", deadline: 30_000 });
      service.signal("SIGKILL");
      await service.status;
    });

    await t.step("a torn tail", async () => {
      const log = (await logsOf(store)).at(-1);
      assert(log !== undefined);
      await Deno.truncate(log.path, log.size - 3);
      await using service = await open();
      assertEquals(await found(service.http, hosts), hosts);
      const { level, message } = JSON.parse(await service.stderr.find("were cut off"));
      assertEquals(level, "warn");
      assertStringIncludes(message, log.path);
    });
  },
);

async function logsOf(store: string): Promise<{ path: string; size: number }[]> {
  const names = (await Array.fromAsync(Deno.readDir(store))).map(({ name }) => name);
  return await Promise.all(
    names.filter((name) => name.startsWith("log-")).sort().map(async (name) => {
      const path = `${store}/${name}`;
      return { path, size: (await Deno.stat(path)).size };
    }),
  );
}

testWith(
  NEEDS,
  "serve says which folder may be a --store, and why another one cannot",
  async () => {
    const { code, stderr } = await runEchoscope(["serve", ...FREE_PORTS, "--store=/srv/samples"]);
    assertEquals([code, stderr], [
      1,
      "echoscope serve: Cannot open the store in '/srv/samples': the program may only use " +
      "/var/lib/echoscope, and from source what --allow-read and --allow-write name\n",
    ]);
  },
);

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

testWithProgram(
  "promtool",
  "promtool query asks the running program",
  async (promtool) => {
    await using service = await serveEchoscope(["--scrape-interval=200ms"]);
    await untilFound(service.http, "up");
    const query = async (...args: string[]) => {
      const { stdout, stderr } = await new Deno.Command(promtool, { args: ["query", ...args] })
        .output();
      const text = new TextDecoder();
      assertEquals(text.decode(stderr), "");
      return text.decode(stdout).trim();
    };
    const { host } = new URL(service.http);
    assertMatch(await query("instant", service.http, "count(up)"), /^\{\} => 1 @\[[\d.]+\]$/);
    assertEquals(await query("labels", service.http, "instance"), host);
    assertEquals(
      await query("series", "--match=up", service.http),
      `{__name__="up", instance="${host}", job="echoscope", pod="local"}`,
    );
  },
);

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

testWith(NEEDS, "start prints where its page is", async () => {
  await using program = spawnEchoscope(["start", ...FREE_PORTS]);
  const line = await program.stdout.find("  page ");
  const page = await fetch(line.trim().split(/ +/)[1] ?? "", { headers: { accept: "text/html" } });
  assertStringIncludes(await page.text(), "<title>");
  program.signal("SIGINT");
  assertEquals((await program.status).code, 0);
});
