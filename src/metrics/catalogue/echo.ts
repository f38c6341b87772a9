import { DEFAULT_QUANTILES } from "../quantile.ts";
import type { CatalogueEntry } from "./entry.ts";

/** `src/echo`: the names of the original example, its spelling included. */
export const ECHO = [
  {
    name: "foo_histgram",
    kind: "histogram",
    unit: "seconds",
    help: "Time an API call took, by API and result.",
    labels: ["api", "result"],
    quantiles: DEFAULT_QUANTILES,
  },
  {
    name: "foo_counter",
    kind: "counter",
    unit: "count",
    help: "API calls answered.",
    labels: [],
  },
  {
    name: "foo_gauge",
    kind: "gauge",
    unit: "count",
    help: "Rises by 10 with every API call.",
    labels: [],
  },
] as const satisfies readonly CatalogueEntry[];
