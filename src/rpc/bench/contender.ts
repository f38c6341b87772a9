/**
 * What is measured: servers of `foo.Foo/echo`, each a process of its own. Begin with `main.ts`.
 *
 * @module
 */
import type { TestIdentity } from "../../testing/certificates.ts";
import { Lines } from "../../testing/lines.ts";
import { findProgram } from "../../testing/programs.ts";
import type { TransportName } from "../server.ts";

/** A server to measure. */
export interface Contender {
  readonly name: string;
  /** Starts it, with TLS when it has a certificate. */
  start(identity?: TestIdentity): Promise<RunningContender>;
}

/** A server that runs. Dispose of it to kill it. */
export interface RunningContender extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
}

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** The stream in which it says where it listens, and how. */
  readonly says: "stdout" | "stderr";
  readonly line: string;
  readonly port: (line: string) => string;
}

async function startProgram(program: Program): Promise<RunningContender> {
  const { command, args, says, line, port } = program;
  const child = new Deno.Command(command, {
    args: [...args],
    stdin: "null",
    stdout: says === "stdout" ? "piped" : "null",
    stderr: says === "stderr" ? "piped" : "null",
  }).spawn();
  const lines = new Lines(child[says]);
  async function end(): Promise<void> {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended by itself.
    }
    await Promise.all([child.status, lines.ended]);
  }
  try {
    const said = await lines.find(line);
    return { pid: child.pid, port: Number(port(said)), [Symbol.asyncDispose]: end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** `echoscope serve` as it is, all metrics on, over `transport`. */
export function echoscope(transport: TransportName, v8Flags?: string): Contender {
  const script = new URL("../../main.ts", import.meta.url).pathname;
  return {
    name: transport,
    start: (identity) =>
      startProgram({
        command: Deno.execPath(),
        args: [
          ...["run", "-q", "--no-prompt", "--allow-net", "--allow-read", "--ignore-env"],
          ...v8Flags ? [`--v8-flags=${v8Flags}`] : [],
          ...[script, "serve", `--transport=${transport}`, "--log-format=json"],
          ...["--host=127.0.0.1", "--port=0", "--metrics-host=127.0.0.1", "--metrics-port=0"],
          ...identity ? [`--tls-cert=${identity.certFile}`, `--tls-key=${identity.keyFile}`] : [],
        ],
        says: "stderr",
        line: '"serving"',
        port: (line) => JSON.parse(line).grpc.split(":").at(-1),
      }),
  };
}

/** The same service on grpc-go with Prometheus interceptors; built in `folder`, or undefined without Go. */
export async function grpcGo(folder: string): Promise<Contender | undefined> {
  const go = findProgram("go");
  if (go === undefined) return undefined;
  const command = `${folder}/grpc_go_server`;
  const { success, stderr } = await new Deno.Command(go, {
    args: ["build", "-o", command, "."],
    cwd: new URL("go_server/", import.meta.url),
  }).output();
  if (!success) throw new Error(`Cannot build go_server: ${new TextDecoder().decode(stderr)}`);
  return {
    name: "grpc-go",
    start: (identity) =>
      startProgram({
        command,
        args: identity ? ["-cert", identity.certFile, "-key", identity.keyFile] : [],
        says: "stdout",
        line: "listening on ",
        port: (line) => line.split(" ").at(-1) ?? "",
      }),
  };
}
