/**
 * The page over a Prometheus, for those who work on the page and for the tests in a browser:
 *
 *     deno task page:dev --prometheus-url http://127.0.0.1:9090 --port 9001 --live
 *
 * With `--live` it bundles `src/web` itself, not minified, and what shows the page loads it anew after
 * each change.
 *
 * @module
 */
import { parseArgs } from "node:util";
import { dashboardRoutes } from "../../dashboards/routes.ts";
import { createLogger } from "../../logging/logger.ts";
import { proxyRoutes } from "../../monitor/api/mod.ts";
import { PAGE } from "../../ops/page/embedded.ts";
import { pageRoutes } from "../../ops/page/routes.ts";
import { type OpsServer, serveOps } from "../../ops/server.ts";
import { livePage } from "./live_page.ts";

/** What {@linkcode servePage} serves. */
export interface PageServerOptions {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly prometheusUrl: URL;
  /** Whether the page follows its sources; default false: as it is committed. */
  readonly live?: boolean;
}

/** A server of the page. */
export interface PageServer extends AsyncDisposable {
  readonly url: string;
}

/** Starts one on 127.0.0.1. */
export async function servePage(
  { port, prometheusUrl, live = false }: PageServerOptions,
): Promise<PageServer> {
  const log = createLogger({
    level: "warn",
    format: "human",
    write: (line) => void Deno.stderr.writeSync(new TextEncoder().encode(`${line}\n`)),
  });
  await using started = new AsyncDisposableStack();
  const page = live ? started.use(await livePage()).routes : pageRoutes(PAGE);
  const routes = [
    ...page,
    ...dashboardRoutes(),
    ...proxyRoutes({ url: prometheusUrl, log, timeoutMs: 30_000 }),
  ];
  const server: OpsServer = started.adopt(
    serveOps({ hostname: "127.0.0.1", port, routes, log }),
    (one) => one.close(),
  );
  const all = started.move();
  return {
    url: `http://127.0.0.1:${server.address.port}`,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      "prometheus-url": { type: "string", default: "http://127.0.0.1:9090" },
      port: { type: "string", default: "9001" },
      live: { type: "boolean", default: false },
    },
  });
  const server = await servePage({
    port: Number(values.port),
    prometheusUrl: new URL(values["prometheus-url"]),
    live: values.live,
  });
  await Deno.stdout.write(new TextEncoder().encode(`the page is at ${server.url}\n`));
}

if (import.meta.main) await main(Deno.args);
