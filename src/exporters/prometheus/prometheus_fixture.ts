/**
 * A Prometheus server for a test.
 *
 * @module
 */
import { findProgram, testWithProgram } from "../../testing/programs.ts";

/** One series of an instant query. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

/** A running Prometheus. Dispose of it to end it. */
export interface PrometheusServer extends AsyncDisposable {
  /** The series that an expression gives now. */
  query(expression: string): Promise<readonly Sample[]>;
  /** The exemplars of the last hour, of the series that an expression names. */
  exemplars(expression: string): Promise<readonly SampledExemplar[]>;
}

/** An exemplar as Prometheus keeps it. */
export interface SampledExemplar {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: string;
}

/** The program that a test has, and what it does to labels. */
export interface PrometheusProgram {
  readonly path: string;
  /** `0` or `1` as the value of `le` and `quantile`: Prometheus 3 writes `0.0` and `1.0`. */
  readonly bound: (whole: string) => string;
}

/**
 * Registers a test with `prometheus`, of version 2 or 3, and again with `prometheus3` where that is
 * there: Debian's is version 2, and CI has it, so that it is the only one that must be there.
 */
export function testWithPrometheus(
  name: string,
  fn: (program: PrometheusProgram) => Promise<void>,
): void {
  testWithProgram("prometheus", name, async (path) => {
    const { stdout, stderr } = await new Deno.Command(path, { args: ["--version"] }).output();
    const text = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("");
    await fn({ path, bound: text.startsWith("prometheus, version 2.") ? asItIs : withFraction });
  });
  const title = `${name}, version 3`;
  if (hasProgram("prometheus3")) {
    testWithProgram("prometheus3", title, (path) => fn({ path, bound: withFraction }));
  } else {
    Deno.test({ name: `${title} (needs the program 'prometheus3')`, ignore: true, fn: () => {} });
  }
}

function hasProgram(program: string): boolean {
  try {
    return findProgram(program) !== undefined;
  } catch {
    return false; // CI: it is missing, and may be
  }
}

const asItIs = (whole: string) => whole;
const withFraction = (whole: string) => `${whole}.0`;

/**
 * Starts `program` on the loopback, with `config` (YAML) and storage in a folder of its own that goes
 * with it. Resolves when it is ready; rejects with what it wrote when it ends, or after `deadline` ms.
 */
export async function startPrometheus(
  program: string,
  { config, deadline }: { readonly config: string; readonly deadline: number },
): Promise<PrometheusServer> {
  const folder = await Deno.makeTempDir({ prefix: "echoscope-prometheus-" });
  await Deno.writeTextFile(`${folder}/prometheus.yml`, config);
  const port = freePort();
  const child = new Deno.Command(program, {
    args: [
      `--config.file=${folder}/prometheus.yml`,
      `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      "--log.level=warn",
      "--enable-feature=exemplar-storage",
    ],
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const written = new Response(child.stderr).text();
  let ended = false;
  const end = child.status.then(() => ended = true);
  const base = `http://127.0.0.1:${port}`;

  const server: PrometheusServer = {
    async query(expression) {
      const parameters = new URLSearchParams({ query: expression });
      const answer = await fetch(`${base}/api/v1/query?${parameters}`);
      return (await answer.json()).data.result;
    },
    async exemplars(expression) {
      const now = Date.now() / 1000;
      const parameters = new URLSearchParams({
        query: expression,
        start: `${now - 3600}`,
        end: `${now + 60}`,
      });
      const answer = await fetch(`${base}/api/v1/query_exemplars?${parameters}`);
      const { data } = await answer.json();
      return data.flatMap(({ exemplars }: { exemplars: SampledExemplar[] }) => exemplars);
    },
    async [Symbol.asyncDispose]() {
      if (!ended) child.kill("SIGKILL");
      await Promise.all([end, written]);
      await Deno.remove(folder, { recursive: true });
    },
  };
  try {
    await until(async () => {
      if (ended) throw new Error(`Prometheus ended by itself: ${await written}`);
      const answer = await fetch(`${base}/-/ready`).catch(() => undefined);
      await answer?.body?.cancel();
      return answer?.ok ? true : undefined;
    }, { what: "Prometheus to be ready", deadline });
    return server;
  } catch (error) {
    await server[Symbol.asyncDispose]();
    throw error;
  }
}

/** Asks `probe` until it gives something; rejects after `deadline` milliseconds. */
export async function until<Result>(
  probe: () => Promise<Result | undefined>,
  { what, deadline }: { readonly what: string; readonly deadline: number },
): Promise<Result> {
  const end = performance.now() + deadline;
  while (true) {
    const result = await probe();
    if (result !== undefined) return result;
    if (performance.now() > end) throw new Error(`Waited ${deadline} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return (listener.addr as Deno.NetAddr).port;
}
