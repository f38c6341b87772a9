/**
 * Tests in a real browser over a service that runs. What takes seconds to start, starts once for all
 * cases of a subject; each case has pages of its own.
 *
 * @module
 */
import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { permitted } from "../../testing/permissions.ts";
import { findProgram } from "../../testing/programs.ts";
import { launchBrowser, type PageOptions, type RunningBrowser } from "./browser.ts";
import { servePage } from "./dev_server.ts";
import { type LiveFixture, startLiveFixture } from "./live_fixture.ts";
import { type PageWatch, watchPage } from "./watch.ts";

/** A page that a case opened. */
export interface Opened extends PageWatch {
  readonly page: Page;
}

/** How a case opens one. */
export interface OpenOptions extends PageOptions {
  /** Another server than the one that all share. */
  readonly origin?: string;
  /** Whether requests may fail without being the case's failure; default false. */
  readonly mayFail?: boolean;
}

/** What a case works with. */
export interface BrowserCase {
  /** `http://127.0.0.1:PORT`, where the page is. */
  readonly origin: string;
  readonly live: LiveFixture;
  /** Opens `path` in a page that nobody used before. Its problems fail the case at its end. */
  open(path: string, options?: OpenOptions): Promise<Opened>;
}

/** What a case does; its name is a sentence. */
export type Case = (shown: BrowserCase) => Promise<void>;

/** What answers the page's queries. */
export interface BrowserTestOptions {
  /** A real Prometheus instead of the service's own; default false. */
  readonly realPrometheus?: boolean;
}

/** Registers the cases of a subject; ignored, with the reason, where a program is missing. */
export function testWithBrowser(
  subject: string,
  cases: Readonly<Record<string, Case>>,
  { realPrometheus = false }: BrowserTestOptions = {},
): void {
  const needed = ["chromium", ...realPrometheus ? ["prometheus"] : []];
  let missing: string[] = [];
  let failure: unknown;
  try {
    missing = needed.filter((program) => findProgram(program) === undefined);
  } catch (error) {
    failure = error;
  }
  const isAllowed = permitted("net", "run", "read", "write", "env");
  const reason = missing.length === 0
    ? ""
    : ` (needs ${isAllowed ? "the programs" : "permissions, and the programs"} ${
      needed.join(", ")
    })`;
  Deno.test({
    name: `${subject}, in a browser${reason}`,
    ignore: missing.length > 0,
    fn: async (t) => {
      if (failure !== undefined) throw failure;
      const prometheus = realPrometheus ? findProgram("prometheus") : undefined;
      await using live = await startLiveFixture({ prometheus });
      await using browser = await launchBrowser();
      await using server = await servePage({ port: 0, prometheusUrl: live.prometheusUrl });
      // Over its own data the service shows the page itself.
      const origin = realPrometheus ? server.url : live.serviceUrl;
      await live.filled();
      for (const [name, run] of Object.entries(cases)) {
        await t.step({
          name,
          // The fixture and the browser talk on meanwhile: leaks are looked for around all cases.
          sanitizeOps: false,
          sanitizeResources: false,
          fn: () => runCase(run, { live, browser, origin }),
        });
      }
    },
  });
}

interface Running {
  readonly live: LiveFixture;
  readonly browser: RunningBrowser;
  readonly origin: string;
}

async function runCase(run: Case, { live, browser, origin: shared }: Running): Promise<void> {
  const opened: Opened[] = [];
  await using pages = new AsyncDisposableStack();
  await run({
    origin: shared,
    live,
    async open(path, { origin = shared, mayFail = false, ...options } = {}) {
      const page = await browser.newPage(options);
      pages.defer(() => page.context().close());
      const one = { page, ...watchPage(page, origin, { mayFail }) };
      opened.push(one);
      await page.goto(`${origin}${path}`);
      return one;
    },
  });
  assertEquals(opened.flatMap(({ problems }) => problems), []);
}
