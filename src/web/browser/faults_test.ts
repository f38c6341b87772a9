import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { servePage } from "./dev_server.ts";
import { allDrawn, assertShowsData, panel } from "./panels.ts";
import { testWithBrowser } from "./with_browser.ts";

const PATH = "/d/echo?from=now-5m&to=now&refresh=5s";

/** What the page says is wrong. */
function complaint(page: Page) {
  return page.getByRole("alert").filter({ hasText: "Cannot reach the service" }).first();
}

testWithBrowser("the page lives with faults", {
  "a lost network shows, keeps what was drawn, and heals": async ({ open }) => {
    const { page } = await open(PATH, { mayFail: true });
    await allDrawn(page);
    await page.context().setOffline(true);
    await complaint(page).waitFor();
    const calls = panel(page, "Calls by status");
    assertEquals(await calls.getAttribute("data-state"), "stale");
    assertEquals(await calls.locator("canvas").count() > 0, true);
    await page.context().setOffline(false);
    await complaint(page).waitFor({ state: "detached" });
    await assertShowsData(calls);
  },

  "a server that restarts shows, and heals without a reload": async ({ live, open }) => {
    const first = await servePage({ port: 0, prometheusUrl: live.prometheusUrl });
    const { page } = await open(PATH, { origin: first.url, mayFail: true });
    await allDrawn(page);
    await first[Symbol.asyncDispose]();
    await complaint(page).waitFor();
    await using _again = await servePage({
      port: Number(new URL(first.url).port),
      prometheusUrl: live.prometheusUrl,
    });
    await complaint(page).waitFor({ state: "detached" });
    await assertShowsData(panel(page, "Calls by status"));
  },

  "a Prometheus that is away is told apart from a page that is away": async ({ open }) => {
    await using server = await servePage({ port: 0, prometheusUrl: new URL("http://127.0.0.1:1") });
    const { page } = await open(PATH, { origin: server.url, mayFail: true });
    const calls = panel(page, "Calls by status");
    await calls.and(page.locator('[data-state="error"]')).waitFor();
    assertEquals(/cannot be reached/.test(await page.locator("body").innerText()), true);
  },

  "a query that cannot be answered is shown in its panel with its expression": async ({ open }) => {
    const { page } = await open("/d/echo?from=now-5m&to=now", { mayFail: true });
    await page.route("**/api/v1/query_range*", (route) =>
      route.fulfill({
        status: 422,
        contentType: "application/json",
        body: JSON.stringify({
          status: "error",
          errorType: "execution",
          error: "too many samples",
        }),
      }));
    await page.reload();
    const calls = panel(page, "Calls by status");
    await calls.and(page.locator('[data-state="error"]')).waitFor();
    assertEquals((await calls.innerText()).includes("too many samples"), true);
  },
});
