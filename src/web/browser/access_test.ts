import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { DASHBOARDS } from "../../dashboards/embedded.ts";
import { allDrawn } from "./panels.ts";
import { type Case, testWithBrowser } from "./with_browser.ts";

const THEMES = ["dark", "light"] as const;
const DASHBOARD_VIEWS = DASHBOARDS.map(({ name }) => `/d/${name}?from=now-5m&to=now`);
const VIEWS = ["/", "/explore?expr=up", "/alerts", ...DASHBOARD_VIEWS];

/** What axe finds, with where. */
async function violations(page: Page): Promise<string[]> {
  // It reads the environment as it loads, which a plain run without permissions may not.
  const { default: { source } } = await import("axe-core");
  await page.evaluate(source);
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    return (await axe.run()).violations.map(({ id, help, nodes }) => ({
      id,
      help,
      where: nodes.slice(0, 5).map(({ html, failureSummary }) =>
        `${html.slice(0, 200)} ${failureSummary}`
      ),
    }));
  });
  return found.map(({ id, help, where }) => `${id}: ${help}\n    ${where.join("\n    ")}`);
}

const views = VIEWS.flatMap((path) =>
  THEMES.map((theme): [string, Case] => [
    `${path} has no violations of accessibility, ${theme}`,
    async ({ open }) => {
      const { page } = await open(path, { theme });
      await page.waitForLoadState("networkidle");
      if (path.startsWith("/d/")) await allDrawn(page);
      assertEquals((await violations(page)).join("\n"), "");
    },
  ])
);

testWithBrowser("everybody can use the page", {
  ...Object.fromEntries(views),

  "nothing is wider than a phone": async ({ open }) => {
    for (const path of VIEWS) {
      const { page } = await open(path, { width: 360, height: 740 });
      await page.waitForLoadState("networkidle");
      const wide = await page.evaluate(() =>
        document.documentElement.scrollWidth - document.documentElement.clientWidth
      );
      assertEquals(wide, 0, path);
    }
  },

  "all that can be done is done by keyboard, and the focus is seen": async ({ open }) => {
    const { page } = await open("/d/echo?from=now-5m&to=now");
    await allDrawn(page);
    const reached = new Set<string>();
    for (let i = 0; i < 80; i++) {
      await page.keyboard.press("Tab");
      const { name, isSeen } = await page.evaluate(() => {
        const element = document.activeElement;
        if (!(element instanceof HTMLElement)) return { name: "", isSeen: true };
        const { outlineStyle, boxShadow } = getComputedStyle(element);
        return {
          name: element.getAttribute("aria-label") ?? element.innerText,
          isSeen: element === document.body || outlineStyle !== "none" || boxShadow !== "none",
        };
      });
      assertEquals(isSeen, true, `the focus on '${name}' cannot be seen`);
      reached.add(name);
    }
    for (const name of ["Echoscope", "Refresh", "Menu of Calls"]) {
      assertEquals(reached.has(name), true, `'${name}' is not reached by Tab: ${[...reached]}`);
    }
  },
});
