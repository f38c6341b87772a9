import { assert, assertEquals, assertLess } from "@std/assert";
import { DASHBOARDS } from "../../dashboards/embedded.ts";
import { panelsOf } from "../../dashboards/model.ts";
import { assertShowsData, panels } from "./panels.ts";
import { type Case, testWithBrowser } from "./with_browser.ts";

/** What the page may weigh on its way, in bytes. */
const BUDGET = 150_000;

const shown = DASHBOARDS.map(({ name, dashboard }): [string, Case] => [
  `every panel of '${dashboard.title}' draws data`,
  async ({ open }) => {
    const { page } = await open(`/d/${name}?from=now-5m&to=now&refresh=5s`);
    await panels(page).first().waitFor();
    const titles = await panels(page).evaluateAll((all) =>
      all.map((one) => one.getAttribute("aria-label"))
    );
    assertEquals(titles, panelsOf(dashboard).map(({ title }) => title ?? ""));
    for (const panel of await panels(page).all()) await assertShowsData(panel);
  },
]);

testWithBrowser("the page shows dashboards of a real Prometheus", Object.fromEntries(shown), {
  realPrometheus: true,
});

testWithBrowser("the page shows dashboards", {
  ...Object.fromEntries(shown),

  "a dashboard loads within the budget, and from nowhere else": async ({ open }) => {
    const { page, requests } = await open("/d/echo");
    await panels(page).first().waitFor();
    const own = requests.filter((request) => !new URL(request.url()).pathname.startsWith("/api/"));
    const sizes = await Promise.all(own.map(async (request) => {
      const { responseBodySize, responseHeadersSize } = await request.sizes();
      return responseBodySize + responseHeadersSize;
    }));
    assert(own.some((request) => request.resourceType() === "script"));
    assertLess(sizes.reduce((sum, size) => sum + size, 0), BUDGET);
  },

  "a second visit loads only what is not kept": async ({ open }) => {
    const { page, requests } = await open("/d/echo");
    await panels(page).first().waitFor();
    const before = requests.length;
    await page.reload();
    await panels(page).first().waitFor();
    const assets = requests.slice(before).filter((one) => one.url().includes("/assets/"));
    const fromServer = await Promise.all(
      assets.map(async (one) =>
        (await one.response())?.fromServiceWorker() === false &&
        (await one.sizes()).responseBodySize > 0
      ),
    );
    assertEquals(fromServer.filter(Boolean), []);
  },
});
