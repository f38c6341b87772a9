/**
 * The whole service with a full store, and a watch on its event loop. The argument is an empty folder
 * for the store.
 *
 * @module
 */
import { readConfig } from "../../cli/config.ts";
import { serviceOptions } from "../../cli/options.ts";
import { startService } from "../../cli/service.ts";
import { createLogger } from "../../logging/logger.ts";
import { makeFleet } from "../store/fleet_fixture.ts";
import { openStore } from "../store/open_store.ts";

/** The longest time for which nothing else came to its turn, in milliseconds. */
export interface Holds {
  readonly longest: number;
}

const HOUR = 3_600_000;
/** As often as a service scrapes itself. */
const INTERVAL = 5_000;
const TARGETS = 10;
const SERIES_PER_TARGET = 1_000;

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

/** An hour of ten targets, up to now. */
async function fillStore(directory: string): Promise<void> {
  const store = await openStore({ directory, warn: print });
  const fleets = Array.from({ length: TARGETS }, (_, i) => {
    const source = `host-${i}:9000`;
    return { source, fleet: makeFleet(source, SERIES_PER_TARGET, i + 1) };
  });
  const end = Date.now();
  for (let time = end - HOUR; time <= end; time += INTERVAL) {
    for (const { source, fleet } of fleets) {
      store.append({ source, time, samples: fleet.scrape() });
    }
    await store.flush();
  }
  await store.close();
}

/** How late the latest timer of a millisecond was since it was last asked. */
function watchEventLoop(): () => Holds {
  let longest = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - 1);
    last = now;
  }, 1);
  return () => {
    const holds = { longest };
    longest = 0;
    return holds;
  };
}

const [directory = ""] = Deno.args;
await fillStore(directory);
const address = ["--host=127.0.0.1", "--port=0", "--metrics-host=127.0.0.1", "--metrics-port=0"];
const config = readConfig(serviceOptions, [...address, `--store=${directory}`], () => undefined);
const log = createLogger({ level: "error", format: "human", write: print });
const service = await startService(config, log);
const holds = watchEventLoop();
Deno.serve(
  { hostname: "127.0.0.1", port: 0, onListen: ({ port }) => print(`holds at ${port}`) },
  () => Response.json(holds()),
);
print(`API at ${service.httpAddress}`);
print(`listening on ${service.rpcAddress.split(":").at(-1)}`);
