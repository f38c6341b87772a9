/** A real Prometheus over the data of `data_fixture.ts`. */
import { openMetricsText } from "./data_fixture.ts";

/** How long it may take to start, in milliseconds. */
const START_LIMIT = 30_000;

/** Runs `prometheus` over blocks that `promtool` makes, in a new folder that goes with it. */
export async function startPrometheus(prometheus: string, promtool: string): Promise<Prometheus> {
  const folder = await Deno.makeTempDir({ prefix: "echoscope-api-" });
  try {
    await Deno.writeTextFile(`${folder}/prometheus.yml`, "global: {}\n");
    await Deno.writeTextFile(`${folder}/data.txt`, openMetricsText());
    const blocks = await new Deno.Command(promtool, {
      args: ["tsdb", "create-blocks-from", "openmetrics", `${folder}/data.txt`, `${folder}/data`],
    }).output();
    if (!blocks.success) throw new Error(new TextDecoder().decode(blocks.stderr));
    return await run(prometheus, folder);
  } catch (error) {
    await Deno.remove(folder, { recursive: true });
    throw error;
  }
}

async function run(program: string, folder: string): Promise<Prometheus> {
  const child = new Deno.Command(program, {
    args: [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      "--storage.tsdb.retention.time=100y",
      "--web.listen-address=127.0.0.1:0",
    ],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const { address, end } = readLog(child.stderr);
  const close = async () => {
    child.kill("SIGTERM");
    await child.status;
    await end;
    await Deno.remove(folder, { recursive: true });
  };
  try {
    const url = `http://${await address}`;
    await waitUntilReady(url);
    return { url, close, [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The address that it listens on, from its log, which is read to the end. */
function readLog(stderr: ReadableStream<Uint8Array>): {
  readonly address: Promise<string>;
  readonly end: Promise<void>;
} {
  const { promise: address, resolve, reject } = Promise.withResolvers<string>();
  const read = async () => {
    let text = "";
    for await (const part of stderr.pipeThrough(new TextDecoderStream())) {
      text = (text + part).slice(-10_000);
      const found = /Listening on"[^\n]* address=(127\.0\.0\.1:\d+)/.exec(text);
      if (found?.[1] !== undefined) resolve(found[1]);
    }
    reject(new Error(`Prometheus ended before it listened: ${text}`));
  };
  return { address, end: read() };
}

async function waitUntilReady(url: string): Promise<void> {
  const end = performance.now() + START_LIMIT;
  while (true) {
    const response = await fetch(`${url}/-/ready`);
    await response.body?.cancel();
    if (response.ok) return;
    if (performance.now() > end) throw new Error("Prometheus is not ready after 30 s");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A running Prometheus; closing it removes its folder. */
export interface Prometheus extends AsyncDisposable {
  readonly url: string;
  close(): Promise<void>;
}
