/**
 * Pictures of every view, to be looked at: `deno task screenshots` writes them to dist/screenshots,
 * and the one of the README, `page.png`, beside this file.
 *
 * @module
 */
import { parseArgs } from "node:util";
import type { Page } from "playwright-core";
import { DASHBOARDS } from "../../dashboards/embedded.ts";
import { launchBrowser, type RunningBrowser } from "./browser.ts";
import { servePage } from "./dev_server.ts";
import { startLiveFixture } from "./live_fixture.ts";
import { allDrawn } from "./panels.ts";
import { watchPage } from "./watch.ts";

const FOLDER = new URL("../../../dist/screenshots/", import.meta.url);
const README_PICTURE = new URL("page.png", import.meta.url);
const WIDTHS = { wide: 1440, narrow: 360 };
const THEMES = ["dark", "light"] as const;

interface View {
  readonly name: string;
  readonly path: string;
}

/** What is shown of the last `minutes`. */
function views(minutes: number): View[] {
  const range = `from=now-${minutes}m&to=now`;
  const expr = encodeURIComponent("sum by (grpc_code) (rate(grpc_server_handled_total[1m]))");
  return [
    { name: "home", path: `/?${range}` },
    ...DASHBOARDS.map(({ name }) => ({ name, path: `/d/${name}?${range}` })),
    { name: "panel", path: `/d/echo?${range}&viewPanel=7` },
    { name: "explore", path: `/explore?${range}&expr=${expr}` },
    { name: "alerts", path: "/alerts" },
  ];
}

/** Opens a view and waits until all is drawn. */
async function show(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForLoadState("networkidle");
  if (new URL(url).pathname.startsWith("/d/")) await allDrawn(page);
  await page.evaluate(() => scrollTo(0, 0));
}

async function take(browser: RunningBrowser, origin: string, minutes: number): Promise<string[]> {
  const problems: string[] = [];
  for (const { name, path } of views(minutes)) {
    for (const theme of THEMES) {
      for (const [width, pixels] of Object.entries(WIDTHS)) {
        const file = `${name}-${theme}-${width}.png`;
        const page = await browser.newPage({ width: pixels, height: 900, theme });
        const seen = watchPage(page, origin);
        try {
          await show(page, origin + path);
        } catch (error) {
          problems.push(`${file}: ${error instanceof Error ? error.message : error}`);
        }
        await page.screenshot({ path: new URL(file, FOLDER).pathname, fullPage: true });
        problems.push(...seen.problems.map((problem) => `${file}: ${problem}`));
        await page.context().close();
      }
    }
  }
  return problems;
}

async function takeReadmePicture(
  browser: RunningBrowser,
  origin: string,
  minutes: number,
): Promise<void> {
  const page = await browser.newPage({ width: 1280, height: 800, theme: "dark" });
  await show(page, `${origin}/d/echo?from=now-${minutes}m&to=now`);
  await page.screenshot({ path: README_PICTURE.pathname });
  await page.context().close();
}

/** Makes the service a little worse and well again, so that there is something to see. */
async function vary(serviceUrl: string, ms: number): Promise<void> {
  const end = performance.now() + ms;
  for (let turn = 0; performance.now() < end; turn++) {
    const url = new URL("/faults", serviceUrl);
    url.searchParams.set("latency", `${2 + 6 * (turn % 3)}ms`);
    url.searchParams.set("error-rate", turn % 4 === 2 ? "0.08" : "0.005");
    await (await fetch(url, { method: "POST" })).body?.cancel();
    await new Promise((resolve) => setTimeout(resolve, Math.min(20_000, end - performance.now())));
  }
}

/** A service with something to see in the last `minutes`. */
async function serviceToShow(started: AsyncDisposableStack, minutes: number): Promise<URL> {
  const live = started.use(await startLiveFixture());
  await vary(live.serviceUrl, minutes * 60_000);
  return live.prometheusUrl;
}

async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: {
      minutes: { type: "string", default: "5" },
      "prometheus-url": { type: "string" },
      readme: { type: "boolean", default: false },
    },
  });
  const minutes = Number(values.minutes);
  await Deno.mkdir(FOLDER, { recursive: true });
  await using started = new AsyncDisposableStack();
  const given = values["prometheus-url"];
  const prometheusUrl = given ? new URL(given) : await serviceToShow(started, minutes);
  const server = started.use(await servePage({ port: 0, prometheusUrl }));
  const browser = started.use(await launchBrowser());
  const problems = await take(browser, server.url, minutes);
  if (values.readme) await takeReadmePicture(browser, server.url, minutes);
  const text = problems.map((problem) => `${problem}\n`).join("");
  await Deno.stdout.write(new TextEncoder().encode(`${text}pictures are in ${FOLDER.pathname}\n`));
  return problems.length > 0 ? 1 : 0;
}

if (import.meta.main) Deno.exitCode = await main(Deno.args);
