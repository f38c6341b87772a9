import { assert, assertEquals, assertGreater, assertLess, assertStringIncludes } from "@std/assert";
import type { Locator, Page } from "playwright-core";
import { DASHBOARDS } from "../../dashboards/embedded.ts";
import { allDrawn, drawn, panel, panels } from "./panels.ts";
import { testWithBrowser } from "./with_browser.ts";

const PATH = "/d/echo?from=now-5m&to=now";

/** The parameters of the page's address. */
function parameters(page: Page): URLSearchParams {
  return new URL(page.url()).searchParams;
}

/** Waits until the address has what `holds` wants. */
async function addressHolds(page: Page, holds: (url: URL) => boolean): Promise<void> {
  await page.waitForURL(holds);
}

/** Drags over a panel's drawing, from and to a share of its width. */
async function drag(chart: Locator, from: number, to: number): Promise<void> {
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.locator(".u-over").boundingBox();
  assert(box, "the drawing can be seen");
  const { mouse } = chart.page();
  const y = box.y + box.height / 2;
  await mouse.move(box.x + box.width * from, y);
  await mouse.down();
  await mouse.move(box.x + box.width * (from + to) / 2, y);
  await mouse.move(box.x + box.width * to, y);
  await mouse.up();
}

function timeRange(page: Page): Locator {
  return page.getByRole("button", { name: /^Time range/ });
}

testWithBrowser("the page is used", {
  "a drag over a drawing zooms all panels, the address says so, and back undoes it": async (
    { open },
  ) => {
    const { page } = await open(PATH);
    await allDrawn(page);
    const before = page.url();
    await drag(panel(page, "Calls by status"), 0.25, 0.75);
    await addressHolds(page, (url) => /^\d{13}$/.test(url.searchParams.get("from") ?? ""));
    const width = Number(parameters(page).get("to")) - Number(parameters(page).get("from"));
    assertGreater(width, 120_000);
    assertLess(width, 180_000);
    await page.goBack();
    await addressHolds(page, (url) => url.href === before);
    await drawn(panel(page, "Calls by status"));
  },

  "a click into a drawing does not zoom": async ({ open }) => {
    const { page } = await open(PATH);
    await drawn(panel(page, "Calls by status"));
    await panel(page, "Calls by status").locator(".u-over").click();
    assertEquals(parameters(page).get("from"), "now-5m");
  },

  "a hover shows values there, and the crosshair in all drawings": async ({ open }) => {
    const { page } = await open(PATH);
    await allDrawn(page);
    const first = panel(page, "Calls by status");
    await first.scrollIntoViewIfNeeded();
    const box = await first.locator(".u-over").boundingBox();
    // The service is young: there are values at the right edge only.
    await first.locator(".u-over").hover({ position: { x: (box?.width ?? 0) * 0.99, y: 20 } });
    await page.locator(".chart-tooltip").filter({ hasText: "OK" }).first().waitFor();
    const crosshair = panel(page, "Duration of successes").locator(".u-cursor-x");
    await crosshair.and(page.locator(":not(.u-off)")).waitFor();
  },

  "a quick range is chosen by name, and the address keeps it over a reload": async ({ open }) => {
    const { page } = await open(PATH);
    await timeRange(page).click();
    await page.getByRole("button", { name: "Last 15 minutes" }).click();
    await addressHolds(page, (url) => url.searchParams.get("from") === "now-15m");
    await page.reload();
    assertStringIncludes(await accessibleName(timeRange(page)), "Last 15 minutes");
  },

  "a range is typed, and nonsense is refused with what is allowed": async ({ open }) => {
    const { page } = await open(PATH);
    await timeRange(page).click();
    const from = page.getByLabel("From", { exact: true });
    const apply = page.getByRole("button", { name: "Apply time range" });
    await from.fill("now-7 hours");
    assertEquals(await apply.isDisabled(), true);
    assertEquals(await from.getAttribute("aria-invalid"), "true");
    await from.fill("now-7h");
    await apply.click();
    await addressHolds(page, (url) => url.searchParams.get("from") === "now-7h");
  },

  "a variable chooses what is asked for": async ({ open }) => {
    const { page, requests } = await open(PATH);
    await drawn(panel(page, "Calls by status"));
    await page.getByRole("button", { name: /^Pod:/ }).click();
    await page.getByRole("option", { name: "local" }).click();
    await page.keyboard.press("Escape");
    await addressHolds(page, (url) => url.searchParams.getAll("var-pod").join() === "local");
    await page.waitForLoadState("networkidle");
    await drawn(panel(page, "Calls by status"));
    const asked = requests.slice(-10).map((one) =>
      decodeURIComponent(`${one.url()} ${one.postData() ?? ""}`)
    );
    assert(
      asked.some((text) => /pod=~"\(?local\)?"/.test(text.replaceAll("+", " "))),
      asked.join("\n"),
    );
  },

  "an address alone gives the same view": async ({ open }) => {
    const address = "/d/grpc?from=now-5m&to=now&var-job=echoscope&var-pod=local&refresh=10s";
    const { page } = await open(address);
    await allDrawn(page);
    assertEquals(parameters(page).get("var-pod"), "local");
    assertEquals(parameters(page).get("refresh"), "10s");
    const before = await panels(page).evaluateAll((all) => all.map((one) => one.ariaLabel));
    await page.reload();
    await allDrawn(page);
    assertEquals(await panels(page).evaluateAll((all) => all.map((one) => one.ariaLabel)), before);
  },

  "shortcuts do what they do in Grafana": async ({ open }) => {
    const { page } = await open(PATH);
    await allDrawn(page);
    await page.keyboard.press("t");
    await page.keyboard.press("z");
    await addressHolds(page, (url) => url.searchParams.get("from") !== "now-5m");
    await page.keyboard.press("?");
    const help = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await help.waitFor();
    await page.keyboard.press("Escape");
    await help.waitFor({ state: "detached" });
    await panel(page, "Calls by status").hover();
    await page.keyboard.press("v");
    await addressHolds(page, (url) => url.searchParams.has("viewPanel"));
    await page.keyboard.press("Escape");
    await addressHolds(page, (url) => !url.searchParams.has("viewPanel"));
  },

  "letters that are typed into a field are no shortcuts": async ({ open }) => {
    const { page } = await open("/explore");
    const query = page.getByRole("textbox", { name: "Query" });
    await query.fill("");
    await query.pressSequentially("tz vector(1)");
    assertEquals(await query.inputValue(), "tz vector(1)");
  },

  "a panel fills the page, and its address can be sent": async ({ open }) => {
    const { page } = await open(PATH);
    await drawn(panel(page, "Calls by status"));
    await page.getByRole("button", { name: "Menu of Calls by status" }).first().click();
    await page.getByRole("menuitem", { name: "View" }).click();
    await addressHolds(page, (url) => url.searchParams.has("viewPanel"));
    await page.reload();
    await drawn(panel(page, "Calls by status"));
    assertEquals(await panels(page).count(), 1);
    const box = await panel(page, "Calls by status").boundingBox();
    assertGreater(box?.width ?? 0, 1000);
    assertGreater(box?.height ?? 0, 500);
  },

  "what a panel asks and gets can be inspected and saved": async ({ open }) => {
    const { page } = await open(PATH);
    await drawn(panel(page, "Calls by status"));
    await page.getByRole("button", { name: "Menu of Calls by status" }).first().click();
    await page.getByRole("menuitem", { name: "Inspect" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Inspect: Calls by status" });
    await dialog.getByRole("tab", { name: "Data" }).click();
    const download = page.waitForEvent("download");
    await dialog.getByRole("button", { name: "Download CSV" }).click();
    const text = await new Response(await readAll(await (await download).createReadStream()))
      .text();
    assertStringIncludes(text.split("\n")[0] ?? "", "OK");
    await dialog.getByRole("tab", { name: "Query" }).click();
    assertStringIncludes(await dialog.innerText(), "grpc_server_handled_total");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
  },

  "the theme follows the system until it is switched, and the choice is kept": async ({ open }) => {
    const { page } = await open("/", { theme: "light" });
    const shown = (theme: string) =>
      page.waitForFunction((one) => document.documentElement.dataset.theme === one, theme);
    await shown("light");
    await page.emulateMedia({ colorScheme: "dark" });
    await shown("dark");
    const button = page.getByRole("button", { name: /^Theme/ });
    for (const choice of ["dark", "light"]) {
      await button.click();
      await page.waitForURL((url) => url.searchParams.get("theme") === choice);
    }
    await shown("light");
    await page.goto(new URL("/", page.url()).href);
    await shown("light");
  },

  "a row folds, and unfolds": async ({ open }) => {
    const { page } = await open(PATH);
    await panel(page, "Calls per pod").waitFor();
    const row = page.getByRole("button", { name: "Pods", exact: true });
    assertEquals(await row.getAttribute("aria-expanded"), "true");
    await row.click();
    await panel(page, "Calls per pod").waitFor({ state: "detached" });
    await row.click();
    await panel(page, "Calls per pod").waitFor();
  },

  "a series of a legend is shown alone by a click": async ({ open }) => {
    const { page } = await open(PATH);
    const chart = panel(page, "Calls by status");
    await drawn(chart);
    const series = chart.getByRole("button", { name: /^OK/ }).first();
    await series.click();
    await chart.locator('button[aria-pressed="false"]').first().waitFor();
    await series.click();
    await chart.locator('button[aria-pressed="false"]').first().waitFor({ state: "detached" });
  },

  "a dashboard that is dropped on the page opens": async ({ open }) => {
    const { page } = await open("/");
    await page.getByRole("banner").waitFor();
    const json = JSON.stringify({
      title: "From elsewhere",
      panels: [{
        id: 1,
        type: "timeseries",
        title: "Up",
        gridPos: { x: 0, y: 0, w: 12, h: 8 },
        targets: [{ refId: "A", expr: "up" }],
      }, {
        id: 2,
        type: "someplugin-flow-panel",
        title: "Of a plugin",
        gridPos: { x: 12, y: 0, w: 12, h: 8 },
        targets: [{ refId: "A", expr: "up" }],
      }],
    });
    const transfer = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "elsewhere.json", { type: "application/json" }));
      return data;
    }, json);
    for (const type of ["dragenter", "dragover", "drop"]) {
      await page.dispatchEvent("body", type, { dataTransfer: transfer });
    }
    await drawn(panel(page, "Up"));
    await panel(page, "Of a plugin").waitFor();
    await panel(page, "Of a plugin").getByText(/someplugin-flow-panel/).first().waitFor();
  },

  "every dashboard is a click away from home": async ({ open }) => {
    const { page } = await open("/");
    for (const { name, dashboard } of DASHBOARDS) {
      await page.getByRole("main").getByRole("link", { name: dashboard.title ?? "" }).first()
        .click();
      await addressHolds(page, (url) => url.pathname === `/d/${name}`);
      await panels(page).first().waitFor();
      await page.goBack();
      await addressHolds(page, (url) => url.pathname === "/");
    }
  },

  "a query is explored: its graph and its table": async ({ open }) => {
    const { page } = await open("/explore");
    const query = page.getByRole("textbox", { name: "Query" });
    await query.fill("sum by (job) (up)");
    await page.getByRole("button", { name: "Run query" }).click();
    await page.getByRole("region", { name: "Graph" }).locator("canvas").waitFor();
    await page.getByRole("region", { name: "Table" }).getByText("echoscope").first().waitFor();
    await addressHolds(page, (url) => url.href.includes("up"));
    await page.reload();
    await page.getByRole("region", { name: "Graph" }).locator("canvas").waitFor();
    assertEquals(await query.inputValue(), "sum by (job) (up)");
  },

  "a metric is completed while it is typed": async ({ open }) => {
    const { page } = await open("/explore");
    const query = page.getByRole("textbox", { name: "Query" })
      .or(page.getByRole("combobox", { name: "Query" })).first();
    await query.fill("");
    await query.pressSequentially("grpc_server_han");
    await page.getByRole("option", { name: /grpc_server_handled_total/ }).first().click();
    assertStringIncludes(await query.inputValue(), "grpc_server_handled_total");
  },

  "targets, rules and alerts are listed": async ({ open }) => {
    const { page } = await open("/alerts");
    const main = page.getByRole("main");
    await main.getByRole("heading", { name: /^Targets/ }).waitFor();
    await main.getByText("/metrics").first().waitFor();
    await main.getByText("echoscope-availability").first().click();
    await main.getByText("EchoscopeDown").first().waitFor();
  },

  "an address that leads nowhere says so, and leads home": async ({ open }) => {
    const { page } = await open("/d/nowhere", { mayFail: true });
    const main = page.getByRole("main");
    await main.getByRole("link", { name: "home" }).first().click();
    await addressHolds(page, (url) => url.pathname === "/");
    await main.getByRole("link", { name: "Echoscope / Echo" }).first().waitFor();
  },
});

async function accessibleName(button: Locator): Promise<string> {
  await button.waitFor();
  return await button.evaluate((one) => one.ariaLabel ?? one.textContent ?? "");
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Blob> {
  const parts = await Array.fromAsync(stream, (part) => new Uint8Array(part));
  return new Blob(parts);
}
