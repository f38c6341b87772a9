/** Our API over the data of `data_fixture.ts`, at an address of its own. */
import { createLogger } from "../../logging/logger.ts";
import { serveOps } from "../../ops/server.ts";
import { Engine } from "../promql/engine.ts";
import { END, filledStore } from "./data_fixture.ts";
import { type ApiParts, apiRoutes } from "./mod.ts";

/** Where it is; closing it ends it. */
export interface ApiServer extends AsyncDisposable {
  readonly url: string;
}

/** Parts of an API without rules and targets, some of them replaced. */
export function partsWith(parts: Partial<ApiParts> = {}): ApiParts {
  return {
    storage: filledStore(),
    engine: new Engine(),
    rules: { groups: () => [] },
    targets: { active: () => [], dropped: () => [] },
    clock: () => END,
    log: createLogger({ level: "error", format: "human", write: () => {} }),
    version: "1.2.3",
    ...parts,
  };
}

/** Serves the API on a free port. */
export function serveApi(parts: Partial<ApiParts> = {}): ApiServer {
  const all = partsWith(parts);
  const server = serveOps({
    hostname: "127.0.0.1",
    port: 0,
    routes: apiRoutes(all),
    log: all.log,
  });
  return {
    url: `http://127.0.0.1:${server.address.port}`,
    [Symbol.asyncDispose]: () => server.close(),
  };
}
