/**
 * The programs that make calls: h2load and ghz.
 *
 * @module
 */
import { findProgram } from "../../testing/programs.ts";

/** A request in a gRPC frame, in a file. */
export interface Bodies {
  /** `foo.EchoRequest { name: "Deno" }` */
  readonly small: string;
  /** A name of 64 KiB. */
  readonly large: string;
}

/** Writes the requests into `folder`. */
export async function writeBodies(folder: string): Promise<Bodies> {
  const bodies = { small: `${folder}/small.bin`, large: `${folder}/large.bin` };
  await Deno.writeFile(bodies.small, frame(Uint8Array.of(10, 4, 68, 101, 110, 111)));
  const large = new Uint8Array(4 + 65536).fill(97);
  large.set([10, 0x80, 0x80, 4]);
  await Deno.writeFile(bodies.large, frame(large));
  return bodies;
}

function frame(message: Uint8Array): Uint8Array {
  const framed = new Uint8Array(5 + message.length);
  new DataView(framed.buffer).setUint32(1, message.length);
  framed.set(message, 5);
  return framed;
}

/** Options of {@linkcode h2load}. */
export interface H2loadOptions {
  readonly port: number;
  readonly tls?: boolean;
  /** The file with the request. */
  readonly body: string;
  readonly connections: number;
  /** Calls at the same time on each connection. */
  readonly streams: number;
  /** For so many seconds, after a quarter of that to warm up; or so many calls in all. */
  readonly amount: { readonly seconds: number } | { readonly calls: number };
}

/** Calls `foo.Foo/echo` and returns calls per second. Throws Error when one failed. */
export async function h2load(options: H2loadOptions): Promise<number> {
  const { port, tls = false, body, connections, streams, amount } = options;
  const text = await output("h2load", [
    ..."calls" in amount
      ? ["-n", `${amount.calls}`]
      : ["-D", `${amount.seconds}`, `--warm-up-time=${Math.ceil(amount.seconds / 4)}`],
    ...["-c", `${connections}`, "-m", `${streams}`, "-d", body],
    ...["-H", "content-type: application/grpc", "-H", "te: trailers"],
    `${tls ? "https" : "http"}://127.0.0.1:${port}/foo.Foo/echo`,
  ]);
  if (!/ 0 failed, 0 errored, 0 timeout/.test(text)) throw new Error(`Calls failed:\n${text}`);
  return Number(/([\d.]+) req\/s/.exec(text)?.[1]);
}

const PROTO = new URL("../../../proto/foo.proto", import.meta.url).pathname;

/** Calls `foo.Foo/echo` `calls` times from 50 workers over 4 connections. */
export async function ghz(port: number, calls: number): Promise<void> {
  const report = JSON.parse(
    await output("ghz", [
      ...["--insecure", "--proto", PROTO, "--call", "foo.Foo/echo", "-d", '{"name":"Deno"}'],
      ...["-n", `${calls}`, "-c", "50", "--connections", "4", "-O", "json", `127.0.0.1:${port}`],
    ]),
  );
  const { OK = 0, ...others } = report.statusCodeDistribution;
  if (OK !== calls) throw new Error(`Calls failed: ${JSON.stringify({ OK, ...others })}`);
}

async function output(name: string, args: string[]): Promise<string> {
  const program = findProgram(name);
  if (program === undefined) throw new Error(`Cannot measure: '${name}' is not on PATH`);
  const { success, stdout, stderr } = await new Deno.Command(program, { args }).output();
  const text = new TextDecoder().decode(stdout);
  if (!success) throw new Error(`${name} failed:\n${text}${new TextDecoder().decode(stderr)}`);
  return text;
}
