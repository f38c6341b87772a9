/**
 * The series that Prometheus has of us, by name: what the catalogue exports, what a scrape adds, what
 * rules record, and what others export that we were told of.
 *
 * @module
 */
import { type CatalogueEntry, exposedType } from "../metrics/catalogue.ts";
import { FOREIGN_METRICS } from "./foreign.ts";

/** Labels that a scrape adds to every series; outside Kubernetes there is no pod and no namespace. */
export const SCRAPE_LABELS: readonly string[] = ["job", "instance", "pod", "namespace"];

/** All series of one name. */
export interface Series {
  readonly name: string;
  readonly labels: ReadonlySet<string>;
  /** What can be done with it: a counter wants `rate()`, `recorded` may be anything. */
  readonly kind: "counter" | "gauge" | "quantile" | "recorded";
  /** The entry of the catalogue that it belongs to. */
  readonly entry?: CatalogueEntry;
}

/** Series by name. */
export type Schema = ReadonlyMap<string, Series>;

/** Every series there is before any rule has run. */
export function scrapedSchema(catalogue: readonly CatalogueEntry[]): Schema {
  const scraped = ["up", ...SCRAPE_METRICS].map((name) => series(name, "gauge", []));
  const foreign = Object.entries(FOREIGN_METRICS)
    .map(([name, { kind, labels }]) => series(name, kind, labels));
  const all = [...scraped, ...foreign, ...catalogue.flatMap(catalogueSeries)];
  return new Map(all.map((one) => [one.name, one]));
}

/** The series of one metric: a histogram has three. */
export function catalogueSeries(entry: CatalogueEntry): Series[] {
  const { name, labels } = entry;
  const of = (suffix: string, kind: Series["kind"], ...more: string[]): Series => ({
    ...series(`${name}${suffix}`, kind, [...labels, ...more]),
    entry,
  });
  const type = exposedType(entry);
  if (type === "counter" || type === "gauge") return [of("", type)];
  return [
    type === "summary" ? of("", "quantile", "quantile") : of("_bucket", "counter", "le"),
    of("_sum", "counter"),
    of("_count", "counter"),
  ];
}

function series(name: string, kind: Series["kind"], labels: readonly string[]): Series {
  return { name, kind, labels: new Set([...SCRAPE_LABELS, ...labels]) };
}

/** What Prometheus records about each scrape. */
const SCRAPE_METRICS = [
  "scrape_duration_seconds",
  "scrape_samples_scraped",
  "scrape_samples_post_metric_relabeling",
  "scrape_series_added",
];
