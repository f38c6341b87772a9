/**
 * Flags and variables of the embedded Prometheus and the page.
 *
 * @module
 */
import { option } from "./config.ts";
import { duration, httpUrl, integer, listOf, optional, path, toggle } from "./value.ts";

const HOUR = 3_600_000;

/** How much of its past the program keeps, and what else it watches. */
export const monitorOptions = {
  monitor: option({
    flag: "monitor",
    env: "MONITOR",
    value: { ...toggle, placeholder: "true|false" },
    default: true,
    help:
      "keep recent metrics in memory and show them: the page at / and Prometheus' API at /api/v1",
  }),
  prometheusUrl: option({
    flag: "prometheus-url",
    env: "PROMETHEUS_URL",
    value: optional(httpUrl),
    default: undefined,
    defaultText: "the embedded one",
    help: "the Prometheus that page and /api/v1 ask instead; then nothing is kept here",
  }),
  scrape: option({
    flag: "scrape",
    env: "SCRAPE",
    value: listOf(httpUrl),
    default: [],
    defaultText: "the program itself only",
    help: "pages of metrics to scrape beside its own; may be given several times",
  }),
  scrapeInterval: option({
    flag: "scrape-interval",
    env: "SCRAPE_INTERVAL",
    value: duration(100, HOUR),
    default: 5000,
    help: "the time between two scrapes",
  }),
  scrapeTimeout: option({
    flag: "scrape-timeout",
    env: "SCRAPE_TIMEOUT",
    value: optional(duration(10, HOUR)),
    default: undefined,
    defaultText: "the interval, at most 10s",
    help: "after how long a scrape has failed",
  }),
  retention: option({
    flag: "retention",
    env: "RETENTION",
    value: duration(60_000, 365 * 24 * HOUR),
    default: 24 * HOUR,
    help: "how long samples are kept",
  }),
  maxSeries: option({
    flag: "max-series",
    env: "MAX_SERIES",
    value: integer(100, 10_000_000),
    default: 50_000,
    help: "how many series are kept; above, those that ended go, and new ones are refused",
  }),
  store: option({
    flag: "store",
    env: "STORE",
    value: optional({ ...path, placeholder: "DIR", allowed: "the path of a folder" }),
    default: undefined,
    defaultText: "memory only",
    help: "a folder that keeps samples over restarts, such as /var/lib/echoscope",
  }),
};

/** What a query may take. */
export const queryOptions = {
  queryTimeout: option({
    flag: "query-timeout",
    env: "QUERY_TIMEOUT",
    value: duration(10, HOUR),
    default: 30_000,
    help: "after how long a query is ended with 503",
  }),
  queryMaxSamples: option({
    flag: "query-max-samples",
    env: "QUERY_MAX_SAMPLES",
    value: integer(1000, 1e9),
    default: 10_000_000,
    help: "how many samples a query may hold at a time; more end it with 422",
  }),
  queryConcurrency: option({
    flag: "query-concurrency",
    env: "QUERY_CONCURRENCY",
    value: integer(1, 1000),
    default: 10,
    help: "how many queries run at a time; others wait",
  }),
};
