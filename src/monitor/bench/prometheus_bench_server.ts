/**
 * Our API over our store with the data of `data.ts`, as a process of its own; the argument is a file
 * with a page of metrics.
 *
 * @module
 */
import { createLogger } from "../../logging/logger.ts";
import { serveOps } from "../../ops/server.ts";
import { apiRoutes } from "../api/mod.ts";
import { Engine } from "../promql/engine.ts";
import { Store } from "../store/store.ts";
import { benchSet, END, fill } from "./data.ts";

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

const [page = ""] = Deno.args;
const store = new Store({ clock: () => END });
fill(store, await benchSet(await Deno.readTextFile(page)));
const log = createLogger({ level: "error", format: "human", write: print });
const { address } = serveOps({
  hostname: "127.0.0.1",
  port: 0,
  routes: apiRoutes({
    storage: store,
    engine: new Engine(),
    rules: { groups: () => [] },
    targets: { active: () => [], dropped: () => [] },
    clock: () => END,
    log,
    version: "bench",
  }),
  log,
});
print(`listening on ${address.port}`);
