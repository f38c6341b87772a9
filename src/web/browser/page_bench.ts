/**
 * How quick the page is against what it promises: the first panel within 500 ms of the address being
 * opened, and 16 ms of the main thread for a panel at each refresh. Run it with
 * `deno run -P=test src/web/browser/page_bench.ts [ROUNDS]`.
 *
 * @module
 */
import type { Page } from "playwright-core";
import { DASHBOARDS } from "../../dashboards/embedded.ts";
import { launchBrowser, type RunningBrowser } from "./browser.ts";
import { servePage } from "./dev_server.ts";
import { startLiveFixture } from "./live_fixture.ts";
import { allDrawn, panels } from "./panels.ts";

/** High enough for every panel to be in sight: what is not is not drawn. */
const SIZE = { width: 1440, height: 4000 };

/** One visit: milliseconds to the first panel, and of the main thread for a panel at a refresh. */
interface Visit {
  readonly firstPanel: number;
  readonly perPanel: number;
  /** The longest task at a refresh. */
  readonly longest: number;
}

async function visit(browser: RunningBrowser, url: string): Promise<Visit> {
  const page = await browser.newPage(SIZE);
  await page.addInitScript(noteFirstPanel);
  await page.goto(url);
  await allDrawn(page);
  const firstPanel = await page.evaluate(() =>
    performance.getEntriesByName("first panel")[0]?.startTime ?? NaN
  );
  const { busy, longest } = await refreshed(page);
  const perPanel = busy / await panels(page).count();
  await page.context().close();
  return { firstPanel, perPanel, longest };
}

/** Runs in the page: marks the frame after the first panel has what it draws. */
function noteFirstPanel(): void {
  const observer = new MutationObserver(() => {
    if (document.querySelector('section[data-panel-id][data-state="done"]') === null) return;
    observer.disconnect();
    requestAnimationFrame(() => performance.mark("first panel"));
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true });
}

/** What a refresh costs the main thread, in milliseconds. */
async function refreshed(page: Page): Promise<{ busy: number; longest: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const busyNow = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN) * 1000;
  };
  await page.waitForLoadState("networkidle");
  const before = await busyNow();
  const longest = page.evaluate(() =>
    new Promise<number>((resolve) => {
      let longest = 0;
      const observer = new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
      });
      observer.observe({ type: "longtask" });
      setTimeout(() => {
        observer.disconnect();
        resolve(longest);
      }, 2000);
    })
  );
  await page.getByRole("button", { name: "Refresh", exact: true }).click();
  const result = { longest: await longest };
  return { busy: await busyNow() - before, ...result };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

async function main(rounds: number): Promise<void> {
  await using live = await startLiveFixture();
  await using browser = await launchBrowser();
  await using server = await servePage({ port: 0, prometheusUrl: live.prometheusUrl });
  await live.filled();
  await print(
    "milliseconds   first panel (< 500)   main thread per panel and refresh (< 16)   longest task\n",
  );
  for (const { name } of DASHBOARDS) {
    const visits: Visit[] = [];
    for (let i = 0; i < rounds; i++) {
      visits.push(await visit(browser, `${server.url}/d/${name}?from=now-5m&to=now`));
    }
    const cells = [
      median(visits.map(({ firstPanel }) => firstPanel)).toFixed(0).padStart(20),
      median(visits.map(({ perPanel }) => perPanel)).toFixed(2).padStart(43),
      median(visits.map(({ longest }) => longest)).toFixed(0).padStart(15),
    ];
    await print(`${name.padEnd(14)}${cells.join("")}\n`);
  }
}

async function print(text: string): Promise<void> {
  await Deno.stdout.write(new TextEncoder().encode(text));
}

if (import.meta.main) await main(Number(Deno.args[0] ?? 5));
