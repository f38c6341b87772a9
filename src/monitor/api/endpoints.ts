import { type Route, text } from "../../ops/server.ts";
import type { Endpoint } from "./endpoint.ts";
import { EXEMPLAR_ENDPOINT } from "./exemplars.ts";
import { LABEL_ENDPOINTS } from "./label_queries.ts";
import { METADATA_ENDPOINT } from "./metadata.ts";
import { QUERY_ENDPOINTS } from "./queries.ts";
import { notFound } from "./respond.ts";
import { RULE_ENDPOINTS } from "./rules.ts";
import { STATUS_ENDPOINTS } from "./status.ts";
import { TARGET_ENDPOINTS } from "./targets.ts";

/** All that the API answers: it only reads. */
const ENDPOINTS: readonly Endpoint[] = [
  ...QUERY_ENDPOINTS,
  EXEMPLAR_ENDPOINT,
  ...LABEL_ENDPOINTS,
  METADATA_ENDPOINT,
  ...RULE_ENDPOINTS,
  ...TARGET_ENDPOINTS,
  ...STATUS_ENDPOINTS,
];

const PREFIX = "/api/v1/";
const BY_PATH = new Map(ENDPOINTS.map((endpoint) => [PREFIX + endpoint.path, endpoint]));

/**
 * The route of the API, which hands on requests to addresses that there are. Others get 404, and other
 * methods 405, as from Prometheus.
 */
export function endpointRoute(
  summary: string,
  handle: (endpoint: Endpoint, request: Request, url: URL) => Promise<Response>,
): Route {
  return {
    path: `${PREFIX}*`,
    summary,
    methods: ["GET", "POST"],
    handle: (request) => {
      const url = new URL(request.url);
      const endpoint = endpointOf(url.pathname);
      if (endpoint === undefined) return notFound();
      const methods = endpoint.methods.join(", ");
      return request.method === "POST" && !endpoint.methods.includes("POST")
        ? text(405, `Only ${methods} is answered here\n`, { allow: methods })
        : handle(endpoint, request, url);
    },
  };
}

function endpointOf(path: string): Endpoint | undefined {
  // An escaped slash is a slash to Prometheus, so it ends the name.
  if (/%2f/i.test(path)) return undefined;
  return BY_PATH.get(path.replace(/\/label\/[^/]+\/values$/, "/label/:name/values"));
}
