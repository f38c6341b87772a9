/**
 * The whole service with a full store, and a watch on its event loop. The argument is an empty folder
 * for the store.
 *
 * @module
 */
import process from "node:process";
import { readConfig } from "../../cli/config.ts";
import { serviceOptions } from "../../cli/options.ts";
import { startService } from "../../cli/service.ts";
import { createLogger } from "../../logging/logger.ts";
import { makeFleet } from "../store/fleet_fixture.ts";
import { openStore } from "../store/open_store.ts";
import { quantile } from "./report.ts";

/** The longest of each kind, in milliseconds. */
export interface Holds {
  readonly late: number;
  readonly working: number;
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

/**
 * How long timers of a millisecond were late since it was last asked: by the clock, and at most the CPU
 * time that the process took meanwhile. The second leaves out when the machine ran others instead.
 */
function watchEventLoop(): () => Holds {
  let late: number[] = [];
  let working: number[] = [];
  let last = performance.now();
  let lastCpu = cpuMs();
  setInterval(() => {
    const now = performance.now();
    const cpu = cpuMs();
    late.push(Math.max(0, now - last - 1));
    working.push(Math.max(0, Math.min(now - last, cpu - lastCpu) - 1));
    last = now;
    lastCpu = cpu;
  }, 1);
  return () => {
    const holds = { late: quantile(late, 1), working: quantile(working, 1) };
    late = [];
    working = [];
    return holds;
  };
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
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
  () => {
    return Response.json(holds());
  },
);
print(`API at ${service.httpAddress}`);
print(`listening on ${service.rpcAddress.split(":").at(-1)}`);
