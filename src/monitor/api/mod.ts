/**
 * Prometheus' HTTP API over our own store and engine: the same addresses, parameters, answers and
 * errors, as Prometheus 3 has them. `endpoints.ts` lists what there is; `proxy.ts` passes the same
 * addresses on to a real Prometheus instead.
 *
 * @module
 */
import { firstTurn } from "../../net/turns.ts";
import type { Route } from "../../ops/server.ts";
import type { ApiParts, Endpoint } from "./endpoint.ts";
import { endpointRoute } from "./endpoints.ts";
import { ApiError } from "./failure.ts";
import { readForm } from "./form.ts";
import { respond, respondError } from "./respond.ts";

export type { ApiParts };
export type {
  ActiveAlert,
  ActiveTarget,
  AlertingRule,
  DroppedTarget,
  RecordingRule,
  RuleGroup,
  RuleHealth,
  RuleSource,
  TargetSource,
} from "./sources.ts";
export { type ProxyOptions, proxyRoutes } from "./proxy.ts";

/** The routes of the API. A query ends when its client goes away. */
export function apiRoutes(parts: ApiParts): Route[] {
  return [endpointRoute(
    "Prometheus' HTTP API: queries, labels, series, metadata, rules, alerts, targets",
    (endpoint, request, url) => handle(parts, endpoint, request, url),
  )];
}

async function handle(
  parts: ApiParts,
  endpoint: Endpoint,
  request: Request,
  url: URL,
): Promise<Response> {
  try {
    const turn = firstTurn();
    if (turn !== undefined) await turn;
    const form = await readForm(request, url);
    const { signal } = request;
    const answer = await endpoint.answer(parts, { form, path: url.pathname, signal });
    return await respond(request, answer);
  } catch (error) {
    return respondError(failureOf(error, request, parts));
  }
}

function failureOf(error: unknown, { signal }: Request, { log }: ApiParts): ApiError {
  if (error instanceof ApiError) return error;
  if (signal.aborted) return new ApiError("canceled", "the client has gone", { cause: error });
  log.error("a request to /api/v1 failed", { error });
  const message = error instanceof Error ? error.message : String(error);
  return new ApiError("internal", message, { cause: error });
}
