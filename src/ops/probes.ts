/**
 * What Kubernetes asks: is the process alive, and does it take calls?
 *
 * @module
 */
import type { ReadinessState } from "./readiness.ts";
import { type Route, text } from "./server.ts";

const NO_CACHE = { "cache-control": "no-store" };

/** `/healthz`: 200 as long as the process answers at all. */
export const healthz: Route = {
  path: "/healthz",
  summary: "200 while the process lives",
  handle: () => text(200, "ok\n", NO_CACHE),
};

/** `/readyz`: 200 from the moment the gRPC port is bound until draining starts, 503 otherwise. */
export function readyz(state: ReadinessState): Route {
  return {
    path: "/readyz",
    summary: "200 while calls are taken, 503 while starting or draining",
    handle: () => text(state.current === "ready" ? 200 : 503, `${state.current}\n`, NO_CACHE),
  };
}
