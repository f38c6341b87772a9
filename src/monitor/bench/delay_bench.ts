/**
 * By how much queries delay calls: a steady gRPC client measures the service while heavy queries run,
 * and while none do, in turns. Run it with
 * `deno run -P=test src/monitor/bench/delay_bench.ts [--rounds N] [--seconds N] [--concurrency N]`.
 *
 * @module
 */
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { type Caller, echoCaller } from "../../echo/caller.ts";
import { type Child, startChild } from "../../testing/child.ts";
import { findProgram } from "../../testing/programs.ts";
import type { Holds } from "./delay_bench_server.ts";
import { print, quantile, showTable } from "./report.ts";

/** Milliseconds between calls. */
const PERIOD = 10;
const DEADLINE = 5_000;

/** What was seen with queries, or without; all in milliseconds. */
class Observation {
  /** How long each call took. */
  readonly delays: number[] = [];
  /** The longest hold of the event loop in each round. */
  readonly holds: number[] = [];

  add(delays: readonly number[], { longest }: Holds): void {
    this.delays.push(...delays);
    this.holds.push(longest);
  }

  get row(): number[] {
    return [
      ...[0.5, 0.9, 0.99, 0.999, 1].map((share) => quantile(this.delays, share)),
      quantile(this.holds, 0.5),
    ];
  }
}

/** Calls at a steady rate, whatever becomes of the calls before. */
async function callSteadily(caller: Caller, seconds: number): Promise<number[]> {
  const delays: number[] = [];
  const calls: Promise<void>[] = [];
  const end = performance.now() + seconds * 1000;
  for (let next = performance.now(); next < end; next += PERIOD) {
    const wait = next - performance.now();
    if (wait > 0) await sleep(wait);
    const begin = performance.now();
    calls.push(caller.call(DEADLINE).then(() => void delays.push(performance.now() - begin)));
  }
  await Promise.all(calls);
  return delays;
}

async function portOf(child: Child, text: string): Promise<string> {
  return (await child.line(text)).split(/[ :]/).at(-1) ?? "";
}

/** What asks queries, in a process of the lowest priority: it must not take the processor from others. */
function startLoad(url: string, concurrency: number) {
  const script = new URL("delay_bench_load.ts", import.meta.url);
  const command = [
    ...findProgram("nice") ? ["nice", "-n", "19"] : [],
    ...[Deno.execPath(), "run", "-q", "--no-prompt", "--ignore-env"],
    ...[`--allow-net=${new URL(url).host}`, script.href, `${concurrency}`],
  ];
  const [program = "", ...args] = command;
  const child = new Deno.Command(program, { args, stdin: "piped" }).spawn();
  const input = child.stdin.getWriter();
  const tell = (line: string) => input.write(new TextEncoder().encode(`${line}\n`));
  return {
    ask: () => tell(url),
    pause: () => tell(""),
    async [Symbol.asyncDispose]() {
      await input.close();
      const { success, code } = await child.status;
      if (!success) throw new Error(`The load ended with exit status ${code}`);
    },
  };
}

function showMs(value: number): string {
  return `${value.toFixed(1)} ms`;
}

async function main(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: "string", default: "5" },
      seconds: { type: "string", default: "6" },
      concurrency: { type: "string", default: "4" },
    },
  });
  const [rounds, seconds, concurrency] = [values.rounds, values.seconds, values.concurrency]
    .map(Number) as [number, number, number];
  await using stack = new AsyncDisposableStack();
  const directory = await Deno.makeTempDir({ prefix: "echoscope-delay-" });
  stack.defer(() => Deno.remove(directory, { recursive: true }));
  const child = stack.use(
    await startChild({
      script: new URL("delay_bench_server.ts", import.meta.url),
      permissions: [
        "--allow-net=127.0.0.1",
        "--ignore-env",
        `--allow-read=${directory}`,
        `--allow-write=${directory}`,
      ],
      args: [directory],
    }),
  );
  const url = `http://127.0.0.1:${await portOf(child, "API at ")}`;
  const holdsUrl = `http://127.0.0.1:${await portOf(child, "holds at ")}`;
  const load = stack.use(startLoad(url, concurrency));
  const caller = stack.adopt(
    echoCaller({ target: `127.0.0.1:${child.port}` }, "bench"),
    (one) => one.close(),
  );
  const observe = async (isLoaded: boolean, into: Observation) => {
    await (isLoaded ? load.ask() : load.pause());
    await sleep(500);
    await (await fetch(holdsUrl)).body?.cancel();
    const delays = await callSteadily(caller, seconds);
    into.add(delays, await (await fetch(holdsUrl)).json());
  };
  await observe(true, new Observation());
  const [quiet, loaded] = [new Observation(), new Observation()];
  for (let round = 0; round < rounds; round++) {
    await observe(false, quiet);
    await observe(true, loaded);
  }
  await load.pause();
  const added = loaded.row.map((value, i) => value - (quiet.row[i] ?? NaN));
  showTable(
    ["", "median", "p90", "p99", "p99.9", "max", "longest hold"],
    [
      ["calls without queries", ...quiet.row.map(showMs)],
      [`calls with ${concurrency} queries at a time`, ...loaded.row.map(showMs)],
      ["added", ...added.map(showMs)],
    ],
  );
  print(`${quiet.delays.length} and ${loaded.delays.length} calls, one every ${PERIOD} ms`);
}

if (import.meta.main) await main(Deno.args);
