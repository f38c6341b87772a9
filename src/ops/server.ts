/**
 * The HTTP server beside the service: metrics, probes, and a list of what it has.
 * A route is a path and a function from request to response.
 *
 * @module
 */
import type { Logger } from "../logging/logger.ts";
import { ListenError } from "../net/listen_error.ts";

/** One address of the server, or with `/*` at the end of its path all those below it. */
export interface Route {
  readonly path: string;
  /** One line for the list at `/`. */
  readonly summary: string;
  /** What may be done there; default `GET`. With `GET` comes `HEAD`. */
  readonly methods?: readonly ("GET" | "POST")[];
  readonly handle: (request: Request, peer: Deno.Addr) => Response | Promise<Response>;
}

/** Options of {@linkcode serveOps}. */
export interface OpsServerOptions {
  readonly hostname: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly routes: readonly Route[];
  readonly log: Logger;
}

/** A server that listens. */
export interface OpsServer {
  readonly address: { readonly hostname: string; readonly port: number };
  /** Finishes running requests and stops, but waits at most 2 s for who does not read an answer. */
  close(): Promise<void>;
}

/** How long a client may take for the rest of an answer once the server stops. */
const LINGER = 2000;

/**
 * Starts the HTTP server. Throws {@linkcode ListenError} when it cannot listen.
 * Methods that a route does not name get 405, other paths 404 with the list of paths, which is also at
 * `/` for who takes no HTML.
 */
export function serveOps({ hostname, port, routes, log }: OpsServerOptions): OpsServer {
  const find = finder([...routes, index(routes)]);
  const server = listen({
    hostname,
    port,
    onListen: () => {},
    onError: (error) => {
      log.error("an HTTP request failed", { error });
      return text(500, "Internal server error\n");
    },
  }, async (request, { remoteAddr }) => {
    const route = find(new URL(request.url).pathname);
    if (route === undefined) return text(404, `Not found. This server has:\n${list(routes)}`);
    const methods = allowed(route);
    if (!methods.includes(request.method)) {
      return text(405, `Only ${methods.join(", ")} are answered here\n`, {
        allow: methods.join(", "),
      });
    }
    const response = await route.handle(request, remoteAddr);
    return request.method === "HEAD" ? new Response(null, response) : response;
  });
  return {
    address: { hostname: server.addr.hostname, port: server.addr.port },
    async close() {
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, LINGER);
      await Promise.race([server.shutdown(), late]);
      clearTimeout(timer);
    },
  };
}

function allowed({ methods = ["GET"] }: Route): string[] {
  return methods.flatMap((method) => method === "GET" ? ["GET", "HEAD"] : [method]);
}

/** Gives the route of a path: its own, or else the longest that covers it. */
function finder(routes: readonly Route[]): (path: string) => Route | undefined {
  const exact = new Map(routes.map((route) => [route.path, route]));
  const below = routes.filter(({ path }) => path.endsWith("/*"))
    .sort((a, b) => b.path.length - a.path.length);
  return (path) =>
    exact.get(path) ?? below.find((route) => path.startsWith(route.path.slice(0, -1)));
}

function listen(
  options: Deno.ServeTcpOptions & { hostname: string; port: number },
  handler: Deno.ServeHandler<Deno.NetAddr>,
): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve(options, handler);
  } catch (cause) {
    const { hostname, port } = options;
    throw new ListenError({ hostname, port, purpose: "HTTP", cause });
  }
}

/** A plain text response. */
export function text(status: number, body: string, headers: Record<string, string> = {}): Response {
  return new Response(body, {
    status,
    headers: { "content-type": "text/plain; charset=utf-8", ...headers },
  });
}

/** At `/`, who takes HTML gets the route of that path where there is one; others get a list. */
function index(routes: readonly Route[]): Route {
  const page = routes.find(({ path }) => path === "/");
  return {
    path: "/",
    summary: "this list",
    handle: (request, peer) =>
      page !== undefined && request.headers.get("accept")?.includes("text/html")
        ? page.handle(request, peer)
        : text(200, `Echoscope\n\n${list(routes)}`, { vary: "accept" }),
  };
}

function list(routes: readonly Route[]): string {
  const width = Math.max(...routes.map(({ path }) => path.length));
  return routes.map(({ path, summary }) => `  ${path.padEnd(width)}  ${summary}\n`).join("");
}
