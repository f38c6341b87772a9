/**
 * An HTTP server for the metrics alone, where the program has none.
 *
 * @module
 */
import type { ScrapeHandler } from "./handler.ts";
import type { ListenOptions } from "./options.ts";

/**
 * Listens and answers scrapes on every path, and `/health` with `OK`; peers that may not scrape get
 * 403 for both.
 *
 * @throws the system's error when it cannot listen.
 */
export function listenForScrapes(
  options: ListenOptions,
  handle: ScrapeHandler,
): Deno.HttpServer<Deno.Addr> {
  const handler = (request: Request, { remoteAddr }: Deno.ServeHandlerInfo<Deno.Addr>) => {
    const response = handle(request, remoteAddr);
    if (response.status !== 200 || new URL(request.url).pathname !== "/health") return response;
    void response.body?.cancel();
    return new Response("OK");
  };
  const onListen = () => {};
  if ("path" in options) {
    removeSocket(options.path);
    return Deno.serve({ path: options.path, onListen }, handler);
  }
  const { hostname = "0.0.0.0", port = 9000 } = options;
  return Deno.serve({ hostname, port, onListen }, handler);
}

/** Removes the socket that an earlier process has left; anything else stays, and listening fails. */
function removeSocket(path: string): void {
  try {
    if (Deno.lstatSync(path).isSocket) Deno.removeSync(path);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
}
