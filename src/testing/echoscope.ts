/**
 * The program itself, run as a child with the permissions that a user's run has.
 *
 * @module
 */
import { defaultTransport } from "../rpc/server.ts";
import { Lines } from "./lines.ts";

const ROOT = new URL("../../", import.meta.url);

/** How a run differs from a user's. */
export interface RunOptions {
  /** Permissions beyond those of the program, spelled out: "--allow-read=/tmp/x". */
  readonly permissions?: readonly string[];
  /** Standard input; default none. */
  readonly input?: string;
}

/** What a run of the program left. */
export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs `echoscope ARGS` to its end. The environment has what `env` says, the transport that is the
 * default in this process, and nothing else.
 */
export async function runEchoscope(
  args: readonly string[],
  env: Record<string, string> = {},
  options: RunOptions = {},
): Promise<Run> {
  const child = start(args, env, options);
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** The program, running in a child. Dispose of it to kill it and wait for its end. */
export interface SpawnedEchoscope extends AsyncDisposable {
  readonly pid: number;
  readonly stdout: Lines;
  readonly stderr: Lines;
  readonly status: Promise<Deno.CommandStatus>;
  signal(name: Deno.Signal): void;
}

/** Starts `echoscope ARGS`. */
export function spawnEchoscope(
  args: readonly string[],
  env: Record<string, string> = {},
  options: RunOptions = {},
): SpawnedEchoscope {
  const child = start(args, env, options);
  const stdout = new Lines(child.stdout);
  const stderr = new Lines(child.stderr);
  return {
    pid: child.pid,
    stdout,
    stderr,
    status: child.status,
    signal: (name) => child.kill(name),
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself, as some tests want.
      }
      await Promise.all([child.status, stdout.ended, stderr.ended]);
    },
  };
}

/** A service that runs in a child. */
export interface RunningEchoscope extends SpawnedEchoscope {
  /** `127.0.0.1:PORT` of gRPC. */
  readonly rpc: string;
  /** `http://127.0.0.1:PORT` of metrics and probes. */
  readonly http: string;
}

/** Starts `echoscope serve` on free ports of 127.0.0.1 and waits until it serves. */
export async function serveEchoscope(
  args: readonly string[] = [],
  env: Record<string, string> = {},
  options: RunOptions = {},
): Promise<RunningEchoscope> {
  const ports = ["--host=127.0.0.1", "--port=0", "--metrics-host=127.0.0.1", "--metrics-port=0"];
  const child = spawnEchoscope(["serve", "--log-format=json", ...ports, ...args], env, options);
  try {
    const { grpc, http } = JSON.parse(await child.stderr.find('"serving"'));
    return { ...child, rpc: grpc, http: `http://${http}` };
  } catch (error) {
    await child[Symbol.asyncDispose]();
    throw error;
  }
}

function start(
  args: readonly string[],
  env: Record<string, string>,
  { permissions = [], input }: RunOptions,
): Deno.ChildProcess {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=serve", "--no-prompt", ...permissions, "src/main.ts", ...args],
    cwd: ROOT,
    // Deno needs HOME for its cache; the program may not see it.
    clearEnv: true,
    env: {
      NO_COLOR: "1",
      RPC_TRANSPORT: defaultTransport.name,
      ...inherited("HOME", "DENO_DIR", "PATH"),
      ...env,
    },
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (input !== undefined) void give(child.stdin, input);
  return child;
}

async function give(stdin: WritableStream<Uint8Array<ArrayBuffer>>, input: string): Promise<void> {
  const writer = stdin.getWriter();
  try {
    await writer.write(new TextEncoder().encode(input));
    await writer.close();
  } catch {
    // The program ended before it had read everything.
  }
}

function inherited(...names: string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  }));
}
