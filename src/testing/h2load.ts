/**
 * Throughput of servers under h2load, compared in turns: absolute figures of a noisy machine mean
 * little, the ratio of two programs in one run means something.
 *
 * @module
 */
import { findProgram } from "./programs.ts";

/** A server to measure. It is started anew for every round. */
export interface Contender {
  readonly name: string;
  /** Starts it; disposed of after the round. */
  readonly start: () => Promise<{ readonly port: number } & AsyncDisposable>;
}

/** Measures all contenders in turns and prints medians and their ratio to the first. */
export async function compareThroughput(
  contenders: readonly Contender[],
  { rounds = 5, requests = 60_000 }: { readonly rounds?: number; readonly requests?: number } = {},
): Promise<void> {
  const h2load = findProgram("h2load");
  if (h2load === undefined) throw new Error("Cannot measure: 'h2load' is not on PATH");
  const results = contenders.map((contender) => ({ ...contender, rates: [] as number[] }));
  for (let round = 0; round < rounds; round++) {
    for (const { start, rates } of results) {
      await using server = await start();
      await callEcho(h2load, server.port, requests / 4); // so that the code is compiled
      rates.push(await callEcho(h2load, server.port, requests));
    }
  }
  const first = median(results[0]?.rates ?? []);
  for (const { name, rates } of results) {
    const rate = median(rates);
    print(
      `${name}: median ${rate.toFixed(0)} req/s (${(rate / first).toFixed(2)}×) of ${
        rates.map(Math.round).join(", ")
      }`,
    );
  }
}

/** Requests per second of /foo.Foo/echo over 4 connections of 25 streams. */
async function callEcho(h2load: string, port: number, requests: number): Promise<number> {
  const body = await Deno.makeTempFile();
  try {
    // foo.EchoRequest { name: "Deno" } in a gRPC frame
    await Deno.writeFile(body, Uint8Array.of(0, 0, 0, 0, 6, 10, 4, 68, 101, 110, 111));
    const { stdout } = await new Deno.Command(h2load, {
      args: [
        ...["-n", `${requests}`, "-c", "4", "-m", "25", "-d", body],
        ...["-H", "content-type: application/grpc", "-H", "te: trailers"],
        `http://127.0.0.1:${port}/foo.Foo/echo`,
      ],
    }).output();
    const text = new TextDecoder().decode(stdout);
    if (!text.includes(` ${requests} succeeded`)) throw new Error(`Calls failed:\n${text}`);
    return Number(/([\d.]+) req\/s/.exec(text)?.[1]);
  } finally {
    await Deno.remove(body);
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}
