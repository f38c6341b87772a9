/**
 * `echoscope dashboards replay FILE`: the page over a recording instead of a running service.
 *
 * @module
 */
import { dashboardRoutes } from "../dashboards/routes.ts";
import { apiRoutes } from "../monitor/api/mod.ts";
import { ExpositionError } from "../monitor/exposition/mod.ts";
import { type ImportedRecording, importExposition } from "../monitor/scrape/replay.ts";
import { Store } from "../monitor/store/store.ts";
import { pageRoutes } from "../ops/page/routes.ts";
import { serveOps } from "../ops/server.ts";
import { command, Failure } from "./command.ts";
import { withAdvice } from "./listening.ts";
import { commandLogger } from "./logging.ts";
import { createEngine, reachable } from "./monitor.ts";
import { monitorOptions, queryOptions } from "./monitor_options.ts";
import { logOptions, serviceOptions } from "./options.ts";
import { RequestCutter } from "./request_cutter.ts";
import { aborted, stopSignals } from "./signals.ts";
import type { Terminal } from "./terminal.ts";
import { text } from "./value.ts";
import { VERSION } from "./version.ts";

/** `echoscope dashboards replay FILE` */
export const dashboardsReplay = command({
  name: "dashboards replay",
  summary: "show a recording of metrics, an OpenMetrics file with timestamps, on the dashboards",
  options: {
    metricsHost: { ...serviceOptions.metricsHost, default: "127.0.0.1" },
    metricsPort: serviceOptions.metricsPort,
    maxSeries: { ...monitorOptions.maxSeries, default: 1_000_000 },
    ...queryOptions,
    ...logOptions,
  },
  positionals: {
    file: {
      name: "FILE",
      value: text,
      help: "what `promtool tsdb dump-openmetrics` writes; '-' is standard input",
    },
  },
  async run({ file, ...config }, { terminal }) {
    using signals = stopSignals();
    const log = commandLogger(config, terminal);
    const clock = () => Infinity;
    const everything = { retentionMs: Infinity, maxBytes: Infinity, clock };
    const store = new Store({ ...everything, maxSeries: config.maxSeries });
    const recording = await read(store, file, terminal, signals.stop);
    if (recording === undefined) return 0;
    const requests = new RequestCutter();
    const api = apiRoutes({
      storage: store,
      engine: createEngine(config),
      rules: { groups: () => [] },
      targets: { active: () => [], dropped: () => [] },
      // What is asked without a time is asked of the recording's end.
      clock: () => recording.end,
      log,
      version: VERSION,
      queryTimeoutMs: config.queryTimeout,
    });
    const http = await withAdvice("--metrics-port or METRICS_PORT", () =>
      serveOps({
        hostname: config.metricsHost,
        port: config.metricsPort,
        routes: [...dashboardRoutes(), ...pageRoutes(), ...requests.over(api)],
        log,
      }));
    welcome(terminal, reachable(http.address), recording);
    await aborted(signals.stop);
    requests.cut();
    await http.close();
    await store.close();
    return 0;
  },
});

/** Reads `file` into `store`; undefined where the person would not wait for it. */
async function read(
  store: Store,
  file: string,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<ImportedRecording | undefined> {
  try {
    return await importExposition(store, textOf(file, signal), {
      onProgress: ({ lines, samples }) =>
        terminal.status(`read ${lines} lines, ${samples} samples`),
      signal,
    });
  } catch (cause) {
    if (signal.aborted) return undefined;
    if (!(cause instanceof ExpositionError)) throw cause;
    throw new Failure(`Cannot replay '${file}': ${cause.message}`, { cause });
  } finally {
    terminal.status("");
  }
}

async function* textOf(file: string, signal: AbortSignal): AsyncGenerator<string, void, void> {
  const source = file === "-" ? Deno.stdin.readable : await open(file);
  try {
    yield* source.pipeThrough(new TextDecoderStream("utf-8", { fatal: true }), { signal });
  } catch (cause) {
    // Only the decoder throws a TypeError, which does not tell people what was wrong.
    const reason = cause instanceof TypeError ? "it is not UTF-8" : messageOf(cause);
    throw new Failure(`Cannot read '${file}': ${reason}`, { cause });
  }
}

async function open(file: string): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  try {
    return (await Deno.open(file)).readable;
  } catch (cause) {
    const reason = cause instanceof Deno.errors.NotCapable
      ? `the program reads no files of yours: echoscope dashboards replay - < '${file}'`
      : messageOf(cause);
    throw new Failure(`Cannot read '${file}': ${reason}`, { cause });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function welcome(terminal: Terminal, address: string, recording: ImportedRecording): void {
  const { series, samples, dropped, start, end } = recording;
  const when = (ms: number) => new Date(ms).toISOString();
  const range = `from=${start}&to=${Math.max(end, start + 1)}&refresh=`;
  terminal.print([
    "",
    `  ${samples} samples of ${series} series, from ${when(start)} to ${when(end)}` +
    (dropped > 0 ? `; ${dropped} could not be kept` : ""),
    "",
    `  dashboards  http://${address}/d/echo?${range}`,
    `  queries     http://${address}/explore?${range}`,
    "",
    "  Ctrl-C stops it.",
    "",
  ].join("\n"));
}
