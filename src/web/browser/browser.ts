/**
 * A real browser for tests: Debian's Chromium, driven by Playwright.
 *
 * @module
 */
import type { Browser, Page } from "playwright-core";
import { findProgram } from "../../testing/programs.ts";

/** How a page is shown. */
export interface PageOptions {
  /** Pixels; default 1280. */
  readonly width?: number;
  /** Pixels; default 900. */
  readonly height?: number;
  /** What the system prefers; default dark. */
  readonly theme?: "dark" | "light";
}

/** A browser that runs. */
export interface RunningBrowser extends AsyncDisposable {
  /** A page of its own: no cookies, storage or cache of others. */
  newPage(options?: PageOptions): Promise<Page>;
}

/** Starts the Chromium on PATH, or at `path`. */
export async function launchBrowser(path = findProgram("chromium")): Promise<RunningBrowser> {
  if (path === undefined) throw new Error("There is no 'chromium' on PATH");
  const browser = await launch(path);
  return {
    newPage: async ({ width = 1280, height = 900, theme = "dark" } = {}) => {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme: theme,
        reducedMotion: "reduce",
        locale: "en-GB",
        timezoneId: "UTC",
      });
      context.setDefaultTimeout(15_000);
      return await context.newPage();
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function launch(executablePath: string): Promise<Browser> {
  // Playwright asks whether this is Windows' Linux by a file that Deno shows to nobody but --allow-all,
  // unless this is set when it loads.
  Deno.env.set("__IS_WSL_TEST__", "1");
  const { chromium } = await import("playwright-core");
  return await chromium.launch({
    executablePath,
    // Chromium's sandbox does not run for root, nor in most containers; the pages here are our own.
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--force-color-profile=srgb"],
  });
}
