/** Prometheus' HTTP API of a running program, as tests ask it. */
import { assert } from "@std/assert";
import { until } from "../exporters/prometheus/prometheus_fixture.ts";

/** An answer with its status. */
export interface ApiAnswer {
  readonly status: number;
  // deno-lint-ignore no-explicit-any -- what JSON.parse() gives: each test knows what it asked for
  readonly body: any;
}

/** Asks for `/api/v1/PATH` with parameters in the address. */
export async function ask(
  http: string,
  path: string,
  parameters: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${http}/api/v1/${path}?${new URLSearchParams(parameters)}`);
  return { status: response.status, body: await response.json() };
}

/** The values of a query now, by the label `by` of their series, or by "" where they have none. */
export async function valuesOf(
  http: string,
  query: string,
  by: string,
): Promise<Record<string, string>> {
  const { body } = await ask(http, "query", { query });
  const result: { metric: Record<string, string>; value: [number, string] }[] = body.data.result;
  return Object.fromEntries(result.map(({ metric, value }) => [metric[by] ?? "", value[1]]));
}

/** Resolves when a query has a result: what was scraped is not there at once. */
export async function untilFound(http: string, query: string): Promise<void> {
  await until(async () => {
    const { body } = await ask(http, "query", { query });
    return body.data.result.length > 0 ? true : undefined;
  }, { what: query, deadline: 30_000 });
}

/** A folder that goes with the test. */
export async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await Deno.makeTempDir({ prefix: "echoscope-monitor-" });
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }) };
}

/** A program with one page of metrics, `/metrics`; one without a page never answers. */
export function servePage(page?: string): AsyncDisposable & { readonly host: string } {
  const never = Promise.withResolvers<Response>();
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    if (page === undefined) return never.promise;
    const isThere = new URL(request.url).pathname === "/metrics";
    return new Response(isThere ? page : "no such page", { status: isThere ? 200 : 404 });
  });
  return {
    host: `127.0.0.1:${server.addr.port}`,
    async [Symbol.asyncDispose]() {
      never.resolve(new Response());
      await server.shutdown();
    },
  };
}

/** An address where nobody answers. */
export function deadHost(): string {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return `127.0.0.1:${listener.addr.port}`;
}

/** The value of a series on the page of metrics of a program; `series` as it stands there. */
export async function metric(http: string, series: string): Promise<number> {
  const page = await (await fetch(`${http}/metrics`)).text();
  const line = page.split("\n").find((one) => one.startsWith(`${series} `));
  assert(line !== undefined, `no sample of ${series} in:\n${page}`);
  return Number(line.slice(series.length + 1));
}

/** Addresses of a program that takes ports that are free. */
export const FREE_PORTS = [
  "--host=127.0.0.1",
  "--port=0",
  "--metrics-host=127.0.0.1",
  "--metrics-port=0",
] as const;
