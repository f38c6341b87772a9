/**
 * Who is scraped. Start with `scraper.ts`.
 *
 * @module
 */
import type { Route } from "../../ops/server.ts";
import { Labels } from "../labels.ts";
import { readPage, type ScrapedPage } from "./read_page.ts";

export type { ScrapedPage };

/** Where pages of metrics come from. */
export interface Target {
  /** `job` and `instance`, and whatever else each of its series gets. */
  readonly labels: Labels;
  /** Shown to people, without a password; for the process itself where others would scrape it. */
  readonly url: URL;
  /** Fetches a page. Rejects with what went wrong, in people's words, and when `signal` aborts. */
  readonly read: (signal: AbortSignal, timeoutMs: number) => Promise<ScrapedPage>;
}

/** What Prometheus 3 accepts, in its order, without protocol buffers. */
const ACCEPT = "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6," +
  "application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4," +
  "text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

/**
 * Asks for a page over HTTP, as `--scrape http://host:port/metrics` says; with name and password too.
 * `labels` come beside `job` and `instance`, which is host and port unless they say otherwise.
 */
export function httpTarget(
  url: URL,
  job: string,
  labels: Readonly<Record<string, string>> = {},
): Target {
  const shown = new URL(url);
  shown.username = shown.password = "";
  const headers = new Headers({ accept: ACCEPT, "user-agent": "echoscope" });
  // fetch() refuses addresses with a password in them.
  if (url.username !== "" || url.password !== "") {
    headers.set("authorization", `Basic ${encodeBasic(url)}`);
  }
  return {
    labels: Labels.from({ job, instance: url.host, ...labels }),
    url: shown,
    async read(signal, timeoutMs) {
      headers.set("x-prometheus-scrape-timeout-seconds", String(timeoutMs / 1000));
      return await readPage(await get(shown, headers, signal));
    },
  };
}

/** The process's own page, without a way through the network. */
export function ownTarget(
  { instance, job, pod, route }: {
    /** Host and port where others reach it. */
    readonly instance: string;
    readonly job: string;
    /** As the pod would be called in a cluster; dashboards select by it. */
    readonly pod?: string | undefined;
    readonly route: Route;
  },
): Target {
  const url = new URL(`http://${instance}${route.path}`);
  return {
    labels: Labels.from({ job, instance, ...pod !== undefined && { pod } }),
    url,
    async read(signal) {
      const request = new Request(url, { headers: { accept: ACCEPT }, signal });
      // Whoever is in the process needs no leave: like the peer of a Unix socket.
      return await readPage(await route.handle(request, { transport: "unix", path: "" }));
    },
  };
}

async function get(url: URL, headers: Headers, signal: AbortSignal): Promise<Response> {
  try {
    return await fetch(url, { headers, signal });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw new Error(`cannot reach ${url.host}: ${rootMessage(error)}`, { cause: error });
  }
}

function encodeBasic({ username, password }: URL): string {
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** The reason at the bottom: what fetch() says itself names the request once more. */
function rootMessage(error: unknown): string {
  let at = error;
  while (at instanceof Error && at.cause instanceof Error) at = at.cause;
  return at instanceof Error ? at.message : String(at);
}
