/** What goes wrong in a page while a test looks elsewhere. */
import type { Page, Request } from "playwright-core";

/** Collects from the moment it is made. */
export interface PageWatch {
  /** Errors in the console, uncaught ones, violations of the policy, requests that left the origin. */
  readonly problems: readonly string[];
  /** Every request of the page. */
  readonly requests: readonly Request[];
}

/** Watches `page`, which is to stay at `origin`. Answers that fail are problems unless `mayFail`. */
export function watchPage(page: Page, origin: string, { mayFail = false } = {}): PageWatch {
  const problems: string[] = [];
  const requests: Request[] = [];
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (!["error", "warning"].includes(message.type())) return;
    const text = message.text();
    if (mayFail && text.startsWith("Failed to load resource")) return;
    problems.push(`console ${message.type()}: ${text}`);
  });
  page.on("request", (request) => {
    requests.push(request);
    const url = request.url();
    if (!url.startsWith(`${origin}/`) && !/^(data|blob):/.test(url)) {
      problems.push(`a request left the origin: ${url}`);
    }
  });
  return { problems, requests };
}
