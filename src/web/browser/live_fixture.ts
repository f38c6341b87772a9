/**
 * A service under load that looks at itself and at its client once a second, or a real Prometheus that
 * looks at both with our rules and alerts: every panel has something to show. Run as a program it serves
 * the page over them:
 *
 *     deno task page:live --port 9001 --live
 *
 * @module
 */
import { parseArgs } from "node:util";
import { RULES } from "../../dashboards/embedded.ts";
import { serveEchoscope, spawnEchoscope, type SpawnedEchoscope } from "../../testing/echoscope.ts";
import { Lines } from "../../testing/lines.ts";
import { findProgram } from "../../testing/programs.ts";
import { servePage } from "./dev_server.ts";

/** How long Prometheus may take to be ready, in milliseconds. */
const START_LIMIT_MS = 30_000;
/** Enough for rates over four scrapes. */
const FILLED_SECONDS = 5;

/** What runs. */
export interface LiveFixture extends AsyncDisposable {
  /** Where Prometheus' HTTP API is: the service's own or a real one. */
  readonly prometheusUrl: URL;
  /** `http://127.0.0.1:PORT` of the service, which shows the page over its own data. */
  readonly serviceUrl: string;
  /** Resolves when there is enough for rates. */
  filled(): Promise<void>;
}

/** Starts all of it; `prometheus` is the path of a real one, to be asked instead of the service's own. */
export async function startLiveFixture(
  { prometheus }: { readonly prometheus?: string | undefined } = {},
): Promise<LiveFixture> {
  await using started = new AsyncDisposableStack();
  const clientMetrics = `127.0.0.1:${freePort()}`;
  const service = started.use(
    await serveEchoscope([
      "--fault-error-rate=0.02",
      "--fault-latency=3ms",
      "--faults-endpoint",
      "--scrape-interval=1s",
      `--scrape=http://${clientMetrics}/metrics`,
    ]),
  );
  const client = started.use(callSteadily(service.rpc, clientMetrics));
  await client.stderr.find('"serving metrics"');
  const prometheusUrl = prometheus === undefined ? new URL(service.http) : started.use(
    await startPrometheus(prometheus, {
      "server-0": new URL(service.http).host,
      "client-0": clientMetrics,
    }),
  ).url;
  const all = started.move();
  return {
    prometheusUrl,
    serviceUrl: service.http,
    filled: () => waitUntilFilled(prometheusUrl),
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

/** A port that nobody had a moment ago: service and client must know of each other before they start. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

function callSteadily(rpc: string, metrics: string): SpawnedEchoscope {
  const [host, port] = rpc.split(":");
  const [metricsHost, metricsPort] = metrics.split(":");
  return spawnEchoscope([
    "client",
    `--host=${host}`,
    `--port=${port}`,
    "--rate=20",
    "--concurrency=4",
    "--duration=0",
    "--quiet",
    "--log-format=json",
    `--metrics-host=${metricsHost}`,
    `--metrics-port=${metricsPort}`,
  ]);
}

/** Prometheus, in a folder that goes with it. */
async function startPrometheus(
  program: string,
  targets: Readonly<Record<string, string>>,
): Promise<AsyncDisposable & { readonly url: URL }> {
  await using started = new AsyncDisposableStack();
  const folder = started.adopt(
    await Deno.makeTempDir({ prefix: "echoscope-page-" }),
    (path) => Deno.remove(path, { recursive: true }),
  );
  await Deno.writeTextFile(`${folder}/prometheus.yml`, configuration(targets));
  for (const { name, yaml } of RULES) {
    // The rules' own pace is one for days of data.
    await Deno.writeTextFile(
      `${folder}/${name}.yaml`,
      yaml.replace(/interval: \d+s/g, "interval: 1s"),
    );
  }
  const child = new Deno.Command(program, {
    args: [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      "--web.listen-address=127.0.0.1:0",
      "--enable-feature=exemplar-storage",
    ],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const log = new Lines(child.stderr);
  started.defer(async () => {
    try {
      child.kill("SIGTERM");
    } catch {
      // It has ended by itself; the log says why.
    }
    await Promise.all([child.status, log.ended]);
  });
  const address = /address=(127\.0\.0\.1:\d+)/.exec(await log.find('"Listening on"'))?.[1];
  const url = new URL(`http://${address}`);
  await ready(url);
  const all = started.move();
  return { url, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

function configuration(targets: Readonly<Record<string, string>>): string {
  const jobs = Object.entries(targets).map(([pod, target]) => ({
    job_name: pod.startsWith("client") ? "echoscope-client" : "echoscope",
    static_configs: [{ targets: [target], labels: { pod } }],
  }));
  // JSON is YAML.
  return JSON.stringify({
    global: { scrape_interval: "1s", evaluation_interval: "1s", scrape_timeout: "1s" },
    rule_files: RULES.map(({ name }) => `${name}.yaml`),
    scrape_configs: jobs,
  });
}

async function ready(url: URL): Promise<void> {
  const end = performance.now() + START_LIMIT_MS;
  while (true) {
    const response = await fetch(new URL("/-/ready", url));
    await response.body?.cancel();
    if (response.ok) return;
    if (performance.now() > end) throw new Error("Prometheus is not ready after 30 s");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function waitUntilFilled(prometheus: URL): Promise<void> {
  const url = new URL("/api/v1/query", prometheus);
  url.searchParams.set(
    "query",
    `min(time() - min_over_time(timestamp(grpc_client_started_total)[5m:1s])) > ${FILLED_SECONDS}`,
  );
  while (true) {
    const { data } = await (await fetch(url)).json();
    if (data?.result?.length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      port: { type: "string", default: "9001" },
      live: { type: "boolean", default: false },
      "real-prometheus": { type: "boolean", default: false },
    },
  });
  const prometheus = values["real-prometheus"] ? findProgram("prometheus") : undefined;
  await using fixture = await startLiveFixture({ prometheus });
  const { prometheusUrl, serviceUrl } = fixture;
  await using page = await servePage({
    port: Number(values.port),
    prometheusUrl,
    live: values.live,
  });
  await Deno.stdout.write(new TextEncoder().encode(
    `the page is at ${page.url}, Prometheus at ${prometheusUrl.origin}, the service at ${serviceUrl}\n`,
  ));
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.addSignalListener(signal, resolve);
  await promise;
  for (const signal of ["SIGINT", "SIGTERM"] as const) Deno.removeSignalListener(signal, resolve);
}

if (import.meta.main) await main(Deno.args);
