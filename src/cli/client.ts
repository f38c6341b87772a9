import type { Logger } from "../logging/logger.ts";
import type { RpcClientOptions } from "../rpc/client.ts";
import { command, type World } from "./command.ts";
import type { ConfigOf } from "./config.ts";
import { progressBar } from "./format.ts";
import { formatAddress } from "../net/address.ts";
import { healthz } from "../ops/probes.ts";
import { serveOps } from "../ops/server.ts";
import { startExporters } from "./exporters.ts";
import { withAdvice } from "./listening.ts";
import { type CallEnd, runLoad } from "./load.ts";
import { commandLogger } from "./logging.ts";
import { clientOptions } from "./options.ts";
import { aborted, stopSignals } from "./signals.ts";
import { Tally } from "./tally.ts";
import { clientTls } from "./tls.ts";
import { connectTracing } from "./tracing.ts";
import type { Terminal } from "./terminal.ts";

type ClientConfig = ConfigOf<typeof clientOptions>;

/** `echoscope client`: calls a server, tells how it went; exit status 1 when a call failed. */
export const client = command({
  name: "client",
  summary: "call a server, by default once a second for a minute",
  options: clientOptions,
  async run(config, { terminal }: World) {
    using signals = stopSignals();
    const log = commandLogger(config, terminal);
    await using _metrics = await serveMetrics(config, log);
    const { echoCaller } = await import("../echo/caller.ts");
    const caller = echoCaller(connection(config, log), config.name);
    const tally = new Tally();
    const start = performance.now();
    const showProgress = () => terminal.status(progress(config, tally, performance.now() - start));
    const timer = setInterval(showProgress, 200);
    void aborted(signals.force).then(() => caller.close());
    try {
      await runLoad({
        call: () => caller.call(config.deadline),
        onEnd(end) {
          tally.add(end.code, end.seconds);
          report(end, config, terminal);
        },
        periodMs: config.rate ? 1000 / config.rate : config.interval / config.concurrency,
        concurrency: config.concurrency,
        durationMs: config.duration || Infinity,
        count: config.count || Infinity,
        signal: signals.stop,
      });
    } finally {
      clearInterval(timer);
      terminal.status("");
      caller.close();
    }
    terminal.print(tally.summary((performance.now() - start) / 1000));
    return tally.failed > 0 ? 1 : 0;
  },
});

/** Where a port is given, serves what the client measures until it is disposed of. */
async function serveMetrics(config: ClientConfig, log: Logger): Promise<AsyncDisposable> {
  const { metricsHost: hostname, metricsPort } = config;
  if (metricsPort === undefined) {
    await connectTracing(log);
    return { [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  await using started = new AsyncDisposableStack();
  const exporters = started.adopt(await startExporters({}, log), (one) => one.close());
  const http = started.adopt(
    await withAdvice(
      "--metrics-port or METRICS_PORT",
      () => serveOps({ hostname, port: metricsPort, routes: [exporters.route, healthz], log }),
    ),
    (one) => one.close(),
  );
  log.info("serving metrics", { http: formatAddress(http.address) });
  return started.move();
}

/** How to connect, from the flags. */
function connection(config: ClientConfig, log: Logger): RpcClientOptions {
  const address = formatAddress({ hostname: config.host, port: config.port });
  return {
    target: config.roundRobin ? `dns:///${address}` : address,
    loadBalancing: config.roundRobin ? "round_robin" : "pick_first",
    retry: config.attempts > 1 ? { maxAttempts: config.attempts } : [],
    waitForReady: config.waitForReady,
    tls: clientTls(config),
    log,
  };
}

function report(
  { code, reply, error }: CallEnd,
  { quiet }: ClientConfig,
  terminal: Terminal,
): void {
  if (quiet) return;
  if (error) terminal.printError(`${code}: ${error.message}`);
  else terminal.print(String(reply));
}

/** The share of the run that is over, where it has an end, and the calls so far. */
function progress({ duration, count }: ClientConfig, tally: Tally, elapsedMs: number): string {
  const share = Math.max(
    duration ? elapsedMs / duration : 0,
    count ? tally.total / count : 0,
  );
  const bar = duration || count
    ? `${progressBar(share, 20)} ${Math.min(100, Math.floor(share * 100))}%  `
    : "";
  return `${bar}${tally.statusLine()}`;
}
