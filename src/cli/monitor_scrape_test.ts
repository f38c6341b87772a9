import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import manifest from "../../deno.json" with { type: "json" };
import { RULES } from "../dashboards/embedded.ts";
import { until } from "../exporters/prometheus/prometheus_fixture.ts";
import { loadRules } from "../monitor/rules/rule_file.ts";
import { serveEchoscope } from "../testing/echoscope.ts";
import { testWith } from "../testing/permissions.ts";
import { ask, deadHost, metric, servePage, untilFound, valuesOf } from "./monitor_fixture.ts";

const NEEDS = ["run", "env", "read", "net"] as const;

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
