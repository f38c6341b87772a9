/** A real Prometheus over the data of `data_fixture.ts`. */
import { prometheusAddress, waitUntilReady } from "../../testing/prometheus.ts";
import { openMetricsText } from "./data_fixture.ts";

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
  const { address, end } = prometheusAddress(child.stderr);
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

/** A running Prometheus; closing it removes its folder. */
export interface Prometheus extends AsyncDisposable {
  readonly url: string;
  close(): Promise<void>;
}
