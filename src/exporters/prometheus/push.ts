/**
 * Sends metrics to a Pushgateway, for programs that end before anyone scrapes them.
 *
 * @see {@link https://github.com/prometheus/pushgateway#api}
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import { CONTENT_TYPES } from "./format.ts";

/** Where and how often metrics are sent. */
export interface PushOptions {
  /** With the grouping key: `http://pushgateway:9091/metrics/job/echo/instance/a`. */
  readonly url: string;
  /** Milliseconds from one push to the next, and before the first. A push may take as long. */
  readonly interval: number;
  /** `PUT` (default) replaces the whole group, `POST` only the metrics that are sent. */
  readonly method?: "PUT" | "POST";
  /** For Basic authentication, together with `password`. */
  readonly username?: string;
  readonly password?: string;
  /** Told of each push that failed. Nothing is thrown and the next push is tried. */
  readonly onFailure?: (error: Error) => void;
}

/**
 * Pushes what `render` gives, every `interval`, until `signal` aborts; resolves then. The push that
 * is under way is cut short.
 */
export async function pushMetrics(
  render: () => Promise<string>,
  options: PushOptions & { readonly signal: AbortSignal },
): Promise<void> {
  const { interval, signal, onFailure = () => {} } = options;
  while (!signal.aborted) {
    await sleep(interval, undefined, { signal, ref: false }).catch(() => {});
    if (signal.aborted) return;
    try {
      await pushOnce(await render(), options);
    } catch (cause) {
      if (signal.aborted) return;
      const problem = cause instanceof Error ? cause.message : String(cause);
      onFailure(new Error(`Cannot push metrics to ${options.url}: ${problem}`, { cause }));
    }
  }
}

async function pushOnce(
  body: string,
  { url, interval, method = "PUT", username, password, signal }: PushOptions & {
    readonly signal: AbortSignal;
  },
): Promise<void> {
  const headers = new Headers({ "content-type": CONTENT_TYPES.text });
  if (username !== undefined) {
    headers.set("authorization", basicAuthorization(username, password ?? ""));
  }
  const limit = AbortSignal.any([signal, AbortSignal.timeout(interval)]);
  const response = await fetch(url, { method, headers, body, signal: limit });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`it answered ${response.status} ${response.statusText}`.trim());
}

/** The Authorization header of RFC 7617, in UTF-8. */
function basicAuthorization(username: string, password: string): string {
  return `Basic ${new TextEncoder().encode(`${username}:${password}`).toBase64()}`;
}
