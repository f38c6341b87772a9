/**
 * The exporter as a whole: recorder, expositions, listener, pusher.
 *
 * @module
 */
import type { Recorder } from "../../metrics/recorder.ts";
import type { Route } from "../../ops/server.ts";
import { allowOnly, parseNetwork } from "./allow.ts";
import { familiesOf } from "./families.ts";
import type { Format } from "./format.ts";
import { type ScrapeHandler, scrapeHandler } from "./handler.ts";
import { listenForScrapes } from "./listen.ts";
import { type PrometheusOptions, resolveOptions } from "./options.ts";
import { collisionCounter, describeOwnMetrics, PUSH_FAILURE_COUNTER } from "./own_metrics.ts";
import { pushMetrics } from "./push.ts";
import { PrometheusRecorder } from "./recorder.ts";
import { RuntimeMetrics } from "./runtime.ts";
import { inSlices } from "./slices.ts";
import { writeFamilies } from "./write.ts";

/** A route that wants to know who asks where addresses are restricted. */
export interface ScrapeRoute extends Route {
  readonly handle: ScrapeHandler;
}

/** A Prometheus exporter. */
export interface Prometheus {
  /** Takes what is recorded; for `setGlobalRecorder`, `withRecorder` or a layer. */
  readonly recorder: Recorder;
  /** `GET /metrics`, for a server that there is. */
  readonly route: ScrapeRoute;
  /** Where it listens by itself, if it was asked to. */
  readonly address: Deno.Addr | undefined;
  /** The whole exposition; `text` by default. */
  render(format?: Format): Promise<string>;
  /** Stops listening and pushing; the recorder goes on, and can be rendered. */
  close(): Promise<void>;
}

/**
 * Makes an exporter without touching the global recorder.
 *
 * @throws {RangeError} that names every wrong option; the system's error when it cannot listen.
 */
export function createPrometheus(options: PrometheusOptions = {}): Prometheus {
  const resolved = resolveOptions(options);
  const recorder = new PrometheusRecorder(resolved.recorder);
  describeOwnMetrics(recorder);
  const write = exposition(recorder, resolved);
  const networks = resolved.allowedAddresses?.map(parseNetwork).filter((n) => n !== undefined);
  const allows = networks === undefined ? undefined : allowOnly(networks);
  const handle = scrapeHandler({ write, allows });
  const render = async (format: Format = "text") => (await Array.fromAsync(write(format))).join("");

  const server = resolved.listen && listenForScrapes(resolved.listen, handle);
  const stop = new AbortController();
  const pushing = startPushing(resolved.push, { recorder, render, signal: stop.signal });
  return {
    recorder,
    route: { path: "/metrics", summary: "metrics in the formats of Prometheus", handle },
    address: server?.addr,
    render,
    close: async () => {
      stop.abort();
      await Promise.all([server?.shutdown(), pushing]);
    },
  };
}

/** Writes expositions of `recorder` in slices, the runtime's figures last. */
function exposition(
  recorder: PrometheusRecorder,
  { naming, runtimeMetrics, recorder: { globalLabels } }: ReturnType<typeof resolveOptions>,
): (format: Format) => AsyncIterable<string> {
  const onCollision = collisionCounter(recorder);
  const runtime = runtimeMetrics ? new RuntimeMetrics(globalLabels) : undefined;
  async function* pieces(format: Format): AsyncGenerator<string> {
    for (const _ of recorder.sweep()) yield "";
    const listing = familiesOf(recorder, { naming, onCollision });
    let step = listing.next();
    for (; !step.done; step = listing.next()) yield "";
    const { families, names } = step.value;
    yield* writeFamilies({ families, names }, format);
    if (runtime !== undefined) {
      yield await runtime.text(format, names);
    } else if (format === "openmetrics") yield "# EOF\n";
  }
  return (format) => inSlices(pieces(format));
}

function startPushing(
  push: PrometheusOptions["push"],
  { recorder, render, signal }: {
    readonly recorder: Recorder;
    readonly render: () => Promise<string>;
    readonly signal: AbortSignal;
  },
): Promise<void> {
  if (push === undefined) return Promise.resolve();
  const failures = recorder.registerCounter(PUSH_FAILURE_COUNTER, {});
  const onFailure = (error: Error) => {
    failures.increment();
    push.onFailure?.(error);
  };
  return pushMetrics(render, { ...push, onFailure, signal });
}
