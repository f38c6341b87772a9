/** A real Prometheus that answers the same queries. */
import { prometheusAddress, waitUntilReady } from "../../testing/prometheus.ts";
import type { DataSeries } from "./data_set.ts";
import { SLICE, writeRequest } from "./remote_write.ts";
import type { Version } from "./versions.ts";

/** The parts of the HTTP API's answer that are compared. */
export interface ApiAnswer {
  readonly status: "success" | "error";
  readonly data?: { readonly resultType: string; readonly result: unknown };
  readonly errorType?: string;
  readonly error?: string;
  readonly warnings?: readonly string[];
  readonly infos?: readonly string[];
}

/** What to start it with. */
export interface PrometheusOptions {
  /** Names for `--enable-feature`. */
  readonly features: readonly string[];
}

/** The version of the program at `path`, such as [3, 10, 0]. Throws Error where it is no Prometheus. */
export async function prometheusVersion(path: string): Promise<Version> {
  const { stdout, stderr } = await new Deno.Command(path, { args: ["--version"] }).output();
  const text = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  const version = /prometheus, version (\d+)\.(\d+)/.exec(text);
  if (version === null) throw new Error(`'${path}' does not say that it is a Prometheus: ${text}`);
  return [Number(version[1]), Number(version[2])];
}

/** Runs the program at `path` on a free port of 127.0.0.1, in a new folder that goes with it. */
export async function startPrometheus(
  path: string,
  { features }: PrometheusOptions,
): Promise<Prometheus> {
  const folder = await Deno.makeTempDir({ prefix: "echoscope-prometheus-" });
  await Deno.writeTextFile(`${folder}/prometheus.yml`, "global: {}\n");
  const child = new Deno.Command(path, {
    args: [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      "--storage.tsdb.retention.time=100y",
      "--web.enable-remote-write-receiver",
      "--web.listen-address=127.0.0.1:0",
      ...(features.length === 0 ? [] : [`--enable-feature=${features.join(",")}`]),
    ],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const log = prometheusAddress(child.stderr);
  const prometheus = new Prometheus(folder, child, log.end);
  try {
    await prometheus.connect(await log.address);
    return prometheus;
  } catch (error) {
    await prometheus.close();
    throw error;
  }
}

/** A running Prometheus. */
export class Prometheus {
  readonly #folder: string;
  readonly #child: Deno.ChildProcess;
  readonly #logEnd: Promise<void>;
  #url = "";

  constructor(folder: string, child: Deno.ChildProcess, logEnd: Promise<void>) {
    this.#folder = folder;
    this.#child = child;
    this.#logEnd = logEnd;
  }

  /** `http://127.0.0.1:PORT`. */
  get url(): string {
    return this.#url;
  }

  /** Waits until it is ready. */
  async connect(address: string): Promise<void> {
    this.#url = `http://${address}`;
    await waitUntilReady(this.#url);
  }

  /** Stores samples. Throws Error where they are refused. */
  async write(series: readonly DataSeries[]): Promise<void> {
    const times = series.flatMap(({ samples }) => samples.map(({ time }) => time));
    const first = times.reduce((a, b) => Math.min(a, b), Infinity);
    const last = times.reduce((a, b) => Math.max(a, b), -Infinity);
    for (let from = first; from <= last; from += SLICE) {
      const part = series.map(({ labels, samples }) => ({
        labels,
        samples: samples.filter(({ time }) => time >= from && time < from + SLICE),
      })).filter(({ samples }) => samples.length > 0);
      const response = await fetch(`${this.#url}/api/v1/write`, {
        method: "POST",
        headers: {
          "content-type": "application/x-protobuf",
          "content-encoding": "snappy",
          "x-prometheus-remote-write-version": "0.1.0",
        },
        body: writeRequest(part),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`Prometheus refused the data: ${response.status} ${text}`);
    }
  }

  /** `time` in milliseconds. */
  instant(query: string, time: number): Promise<ApiAnswer> {
    return this.#ask("query", { query, time: String(time / 1000) });
  }

  /** Times in milliseconds. */
  range(query: string, start: number, end: number, step: number): Promise<ApiAnswer> {
    return this.#ask("query_range", {
      query,
      start: String(start / 1000),
      end: String(end / 1000),
      step: String(step / 1000),
    });
  }

  async #ask(path: string, parameters: Record<string, string>): Promise<ApiAnswer> {
    const response = await fetch(`${this.#url}/api/v1/${path}`, {
      method: "POST",
      body: new URLSearchParams(parameters),
    });
    return await response.json();
  }

  /** Ends the process and removes its folder. */
  async close(): Promise<void> {
    try {
      this.#child.kill("SIGTERM");
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    await this.#child.status;
    await this.#logEnd;
    await Deno.remove(this.#folder, { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
