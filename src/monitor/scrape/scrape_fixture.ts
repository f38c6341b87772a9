import { createLogger } from "../../logging/logger.ts";
import { Labels } from "../labels.ts";
import type { Samples } from "../samples.ts";
import { createMatcher } from "../store/matcher.ts";
import { Store } from "../store/store.ts";
import type { ScrapedPage, Target } from "./target.ts";

/** When the tests take place, in milliseconds: a whole minute. */
export const NOON = 1_700_000_040_000;

/** A store that takes samples of that time. */
export function openStore(): Store {
  return new Store({ clock: () => NOON });
}

/** A target whose page is set, or fails with an error. */
export class FakeTarget implements Target {
  readonly labels: Labels;
  readonly url: URL;
  page: string | Error = "";
  contentType: string | null = "text/plain";
  reads = 0;

  constructor(instance = "a:1", labels: Readonly<Record<string, string>> = {}) {
    this.labels = Labels.from({ job: "test", instance, ...labels });
    this.url = new URL(`http://${instance}/metrics`);
  }

  readonly read = (): Promise<ScrapedPage> => {
    this.reads++;
    return this.page instanceof Error ? Promise.reject(this.page) : Promise.resolve({
      pieces: this.page === "" ? [] : [this.page],
      contentType: this.contentType,
    });
  };
}

/** A log that keeps its lines. */
export function logInto(lines: string[]): ReturnType<typeof createLogger> {
  return createLogger({
    level: "info",
    format: "json",
    now: () => new Date(NOON),
    write: (line) => {
      const { level, message, reason } = JSON.parse(line);
      lines.push([level, message, reason].filter((part) => part !== undefined).join(": "));
    },
  });
}

/** The samples of each series, as time since NOON and value or "stale". */
export async function contents(
  store: Store,
  { reports = false } = {},
): Promise<Record<string, (readonly [number, number | "stale"])[]>> {
  const found = await store.select(
    [createMatcher(reports ? "=~" : "!~", "__name__", "up|scrape_.+")],
    { start: -Infinity, end: Infinity },
  );
  const entries = found.map(({ labels, samples }) =>
    [labels.toString(), toPairs(samples)] as const
  );
  return Object.fromEntries(entries.sort(([a], [b]) => a < b ? -1 : 1));
}

function toPairs({ times, values, stale }: Samples): (readonly [number, number | "stale"])[] {
  return [...times].map((time, i) =>
    [time - NOON, stale?.[i] === 1 ? "stale" : values[i] ?? NaN] as const
  );
}

/** The newest value of each series that tells of scrapes, by name. */
export async function reports(store: Store): Promise<Record<string, number | "stale">> {
  const all = await contents(store, { reports: true });
  return Object.fromEntries(
    Object.entries(all).map(([series, samples]) =>
      [series.replace(/\{.*/, ""), samples.at(-1)?.[1] ?? NaN] as const
    ),
  );
}
