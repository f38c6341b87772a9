/**
 * A Prometheus server for a test.
 *
 * @module
 */

/** One series of an instant query. */
export interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

/** A running Prometheus. Dispose of it to end it. */
export interface PrometheusServer extends AsyncDisposable {
  /** The series that an expression gives now. */
  query(expression: string): Promise<readonly Sample[]>;
}

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
