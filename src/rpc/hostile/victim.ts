/**
 * The server under attack as a test sees it, and a client of it that does nothing wrong.
 *
 * @module
 */
import { startChild } from "../../testing/child.ts";
import { residentMegabytes } from "../bench/process.ts";
import { connectRpc } from "../client.ts";
import { testService } from "../interop/test_service.ts";
import type { TransportName } from "../server.ts";

/** A server under attack. */
export interface Victim extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  /** Calls by a client of its own, over and over; `stop` rejects when one has failed. */
  witness(): Witness;
  /** The sum of all series of a counter or a gauge, or of those that have `label`. */
  value(name: string, label?: string): Promise<number>;
  /** Resident memory in MB, garbage and all. */
  residentMegabytes(): Promise<number>;
  /** What is still in use, in MB, once nobody is connected any more and all garbage is collected. */
  megabytesInUse(): Promise<number>;
}

/** A client that calls over and over. */
export interface Witness {
  /** Resolves when so many more calls have been answered; rejects when one has failed. */
  answered(count: number): Promise<void>;
  stop(): Promise<void>;
}

/** How long a call of the witness may take. Long: what is asked is whether it is answered at all. */
const TIMEOUT_MS = 30_000;

/** Starts a server. */
export async function startVictim(transport: TransportName): Promise<Victim> {
  const child = await startChild({
    script: new URL("server.ts", import.meta.url),
    permissions: ["--allow-net=127.0.0.1", "--ignore-env", "--v8-flags=--expose-gc"],
    args: [`--transport=${transport}`],
  });
  const ops = Number((await child.line("metrics on ")).split(" ").at(-1));
  const get = async (path: string) => await (await fetch(`http://127.0.0.1:${ops}${path}`)).text();
  const value = async (name: string, label = "") =>
    (await get("/metrics")).split("\n")
      .filter((line) => /[{ ]/.exec(line)?.index === name.length && line.startsWith(name))
      .filter((line) => line.includes(label))
      .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(" "))), 0);
  return {
    pid: child.pid,
    port: child.port,
    witness: () => startWitness(child.port),
    value,
    residentMegabytes: () => residentMegabytes(child.pid),
    async megabytesInUse() {
      while (await value("grpc_server_connections") > 0);
      return Number(await get("/in-use")) / 1e6;
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}

function startWitness(port: number): Witness {
  const client = connectRpc(testService, { target: `127.0.0.1:${port}` });
  let running = true;
  let answers = 0;
  let wake = Promise.withResolvers<void>();
  const calling = (async () => {
    while (running) {
      await client.methods.UnaryCall({ ["response_size"]: 10 }, { timeoutMs: TIMEOUT_MS });
      answers++;
      wake.resolve();
      wake = Promise.withResolvers();
      await new Promise((resolve) => setTimeout(resolve));
    }
  })();
  return {
    async answered(count) {
      const enough = answers + count;
      while (answers < enough) await Promise.race([wake.promise, calling]);
    },
    async stop() {
      running = false;
      try {
        await calling;
      } finally {
        client.close();
      }
    },
  };
}
