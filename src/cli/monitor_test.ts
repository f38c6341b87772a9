import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { runEchoscope, serveEchoscope, spawnEchoscope } from "../testing/echoscope.ts";
import { testWith } from "../testing/permissions.ts";
import { testWithProgram } from "../testing/programs.ts";
import { FREE_PORTS, untilFound } from "./monitor_fixture.ts";

const NEEDS = ["run", "env", "read", "net"] as const;

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

testWith(NEEDS, "start prints where its page is", async () => {
  await using program = spawnEchoscope(["start", ...FREE_PORTS]);
  const line = await program.stdout.find("  page ");
  const page = await fetch(line.trim().split(/ +/)[1] ?? "", { headers: { accept: "text/html" } });
  assertStringIncludes(await page.text(), "<title>");
  program.signal("SIGINT");
  assertEquals((await program.status).code, 0);
});
