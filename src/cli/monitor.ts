/**
 * The embedded Prometheus of a running service, or the real one that is asked in its place, and the
 * page over it.
 *
 * @module
 */
import { RULES } from "../dashboards/embedded.ts";
import type { Logger } from "../logging/logger.ts";
import { apiRoutes, proxyRoutes } from "../monitor/api/mod.ts";
import { Engine } from "../monitor/promql/engine.ts";
import { RuleEvaluator } from "../monitor/rules/evaluator.ts";
import { loadRules } from "../monitor/rules/rule_file.ts";
import { Scraper } from "../monitor/scrape/scraper.ts";
import { httpTarget, ownTarget, type Target } from "../monitor/scrape/target.ts";
import { openStore } from "../monitor/store/open_store.ts";
import type { Store } from "../monitor/store/store.ts";
import { formatAddress } from "../net/address.ts";
import { pageRoutes } from "../ops/page/routes.ts";
import type { Route } from "../ops/server.ts";
import { Failure } from "./command.ts";
import { type ConfigOf, UsageError } from "./config.ts";
import { queryRecorder, storeRecorder } from "./monitor_metrics.ts";
import type { monitorOptions, queryOptions } from "./monitor_options.ts";
import { RequestCutter } from "./request_cutter.ts";
import { showDuration } from "./value.ts";
import { VERSION } from "./version.ts";

type MonitorConfig = ConfigOf<typeof monitorOptions & typeof queryOptions>;

/** The job by which dashboards and alerts select: `job` in dashboards/config.libsonnet. */
const JOB = "echoscope";

/**
 * How often rules are evaluated that name no interval, in milliseconds: at every third scrape where
 * that is sooner, and never more often than is scraped.
 */
const EVALUATION_INTERVAL = 15_000;

/** What shows the recent past. */
export interface Monitor {
  readonly routes: readonly Route[];
  /** Begins to scrape and to evaluate rules. `own` is the process's own page, `address` where it is. */
  start(own: Route, address: { readonly hostname: string; readonly port: number }): void;
  close(): Promise<void>;
}

/**
 * Opens what `config` asks for. Rejects with `Failure` when the store cannot be opened, and with
 * {@linkcode UsageError} for times that contradict each other.
 */
export async function openMonitor(config: MonitorConfig, log: Logger): Promise<Monitor> {
  const { prometheusUrl, scrapeInterval, scrapeTimeout } = config;
  if (scrapeTimeout !== undefined && scrapeTimeout > scrapeInterval) {
    throw new UsageError(
      "--scrape-timeout (SCRAPE_TIMEOUT) must be at most --scrape-interval (SCRAPE_INTERVAL), " +
        `which is ${showDuration(scrapeInterval)}, but is '${showDuration(scrapeTimeout)}'`,
    );
  }
  if (prometheusUrl !== undefined) {
    warnOfIgnored(config, "--prometheus-url", log);
    const proxy = proxyRoutes({ url: prometheusUrl, log, timeoutMs: config.queryTimeout });
    const requests = new RequestCutter();
    return {
      routes: [...pageRoutes(), ...requests.over(proxy)],
      start: () => {},
      close: () => Promise.resolve(requests.cut()),
    };
  }
  if (!config.monitor) {
    warnOfIgnored(config, "--monitor=false", log);
    return { routes: [], start: () => {}, close: () => Promise.resolve() };
  }
  return embedded(config, await open(config, log), log);
}

/** Whoever names targets or a store expects them to be used. */
function warnOfIgnored(
  { scrape, store }: MonitorConfig,
  because: "--prometheus-url" | "--monitor=false",
  log: Logger,
): void {
  const ignored = [
    ...scrape.length > 0 ? ["--scrape"] : [],
    ...store !== undefined ? ["--store"] : [],
  ];
  if (ignored.length > 0) {
    log.warn("nothing is scraped or stored here", { because, ignored: ignored.join(" ") });
  }
}

function embedded(config: MonitorConfig, store: Store, log: Logger): Monitor {
  const engine = createEngine(config);
  const recordStore = storeRecorder(store);
  const requests = new RequestCutter();
  let scraper: Scraper | undefined;
  let rules: RuleEvaluator | undefined;
  const api = apiRoutes({
    storage: store,
    engine,
    rules: { groups: () => rules?.groups() ?? [] },
    targets: {
      active: () => scraper?.active() ?? [],
      dropped: () => scraper?.dropped() ?? [],
    },
    clock: Date.now,
    log,
    version: VERSION,
    queryTimeoutMs: config.queryTimeout,
    retention: showDuration(config.retention),
  });
  return {
    routes: [...pageRoutes(), ...requests.over(api)],
    start(own, address) {
      const { scrapeInterval: intervalMs, scrapeTimeout } = config;
      scraper = new Scraper({
        store,
        targets: [
          ownTarget({
            instance: reachable(address),
            job: JOB,
            pod: "local",
            route: withBefore(own, recordStore),
          }),
          ...scrapedTargets(config.scrape),
        ],
        intervalMs,
        timeoutMs: Math.min(scrapeTimeout ?? 10_000, intervalMs),
        log,
      });
      rules = new RuleEvaluator({
        store,
        engine,
        groups: loadRules(RULES),
        intervalMs: Math.max(Math.min(3 * intervalMs, EVALUATION_INTERVAL), intervalMs),
        log,
      });
    },
    async close() {
      requests.cut();
      await Promise.all([scraper?.close(), rules?.close()]);
      await store.close();
    },
  };
}

/** Pages of one host are told apart by their paths; dashboards tell processes apart by `pod`. */
function scrapedTargets(urls: readonly URL[]): Target[] {
  return urls.map((given) => {
    const url = new URL(given);
    if (url.pathname === "/") url.pathname = "/metrics";
    const isAlone = urls.filter(({ host }) => host === url.host).length === 1;
    const instance = isAlone ? url.host : url.host + url.pathname + url.search;
    return httpTarget(url, JOB, { instance, pod: instance });
  });
}

/** A route that does something else first. */
function withBefore(route: Route, before: () => void): Route {
  return {
    ...route,
    handle(request, peer) {
      before();
      return route.handle(request, peer);
    },
  };
}

/** The engine that answers the API's queries. */
export function createEngine(config: ConfigOf<typeof queryOptions>): Engine {
  return new Engine({
    timeoutMs: config.queryTimeout,
    maxSamples: config.queryMaxSamples,
    maxConcurrent: config.queryConcurrency,
    onEnd: queryRecorder(),
  });
}

async function open(config: MonitorConfig, log: Logger): Promise<Store> {
  const { store: directory, retention, maxSeries } = config;
  try {
    return await openStore({
      directory,
      retentionMs: retention,
      maxSeries,
      warn: (message) => log.warn(message),
    });
  } catch (cause) {
    const root = rootOf(cause);
    const reason = root instanceof Deno.errors.NotCapable
      ? "the program may only use /var/lib/echoscope, and from source what --allow-read and " +
        "--allow-write name"
      : root instanceof Error
      ? root.message
      : String(root);
    throw new Failure(`Cannot open the store in '${directory}': ${reason}`, { cause });
  }
}

/** What went wrong first: the store says itself that it cannot be opened. */
function rootOf(error: unknown): unknown {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  return root;
}

/** As whoever is on this machine reaches it: `host:port`. */
export function reachable(
  { hostname, port }: { readonly hostname: string; readonly port: number },
): string {
  return formatAddress({
    hostname: /^(0\.0\.0\.0|::)$/.test(hostname) ? "127.0.0.1" : hostname,
    port,
  });
}
