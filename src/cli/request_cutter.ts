import { ApiError } from "../monitor/api/failure.ts";
import { respondError } from "../monitor/api/respond.ts";
import type { Route } from "../ops/server.ts";

/** Ends requests when the program ends: a query may take longer than a drain. */
export class RequestCutter {
  readonly #running = new Set<AbortController>();
  #isCut = false;

  /** The same routes, whose requests end at {@linkcode cut}. */
  over(routes: readonly Route[]): Route[] {
    return routes.map((route) => ({
      ...route,
      handle: (request, peer) => this.#handle(route, request, peer),
    }));
  }

  /** To what answers them, clients are gone; they get 503, as whoever comes from now on. */
  cut(): void {
    this.#isCut = true;
    for (const one of this.#running) one.abort(new Error("the program is stopping"));
  }

  async #handle(route: Route, request: Request, peer: Deno.Addr): Promise<Response> {
    if (this.#isCut) return stopping();
    // AbortSignal.any() with a signal that lives long keeps a kilobyte of each request in Deno 2.9.
    const controller = new AbortController();
    const { signal } = request;
    signal.addEventListener("abort", () => controller.abort(signal.reason), { once: true });
    this.#running.add(controller);
    try {
      const followed = new Request(request, { signal: controller.signal });
      const response = await route.handle(followed, peer);
      return this.#isCut && response.status === 499 ? stopping() : response;
    } finally {
      this.#running.delete(controller);
    }
  }
}

function stopping(): Response {
  const message = "the query was cut: the program is stopping";
  return respondError(new ApiError("canceled", message, { status: 503 }));
}
