/**
 * Compares a grpc-js server that binds its port with one behind `socket.ts`, under h2load with 4
 * connections of 25 streams, in turns, and prints the medians. No Deno.bench: what is measured are
 * other processes. Run it with `deno run -P=test src/rpc/socket_bench.ts [ROUNDS] [REQUESTS]`.
 *
 * @module
 */
import { startChild } from "../../testing/child.ts";
import { findProgram } from "../../testing/programs.ts";

const servers = { bound: ["guard"], coalesced: ["guard", "coalesce"] };

async function requestsPerSecond(h2load: string, args: string[], requests: number) {
  await using child = await startChild({
    script: new URL("http2_guard_fixture.ts", import.meta.url),
    permissions: ["--allow-net=127.0.0.1", "--allow-env"],
    args,
  });
  await load(h2load, child.port, requests / 4); // so that the code is compiled
  return await load(h2load, child.port, requests);
}

async function load(h2load: string, port: number, requests: number): Promise<number> {
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

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

if (import.meta.main) {
  const [rounds = 5, requests = 60_000] = Deno.args.map(Number);
  const h2load = findProgram("h2load");
  if (h2load === undefined) throw new Error("Cannot measure: 'h2load' is not on PATH");
  const results = Object.entries(servers).map(([name, args]) => ({
    name,
    args,
    rates: [] as number[],
  }));
  for (let round = 0; round < rounds; round++) {
    for (const { args, rates } of results) {
      rates.push(await requestsPerSecond(h2load, args, requests));
    }
  }
  for (const { name, rates } of results) {
    print(
      `${name}: median ${median(rates).toFixed(0)} req/s of ${rates.map(Math.round).join(", ")}`,
    );
  }
}
