/**
 * Child processes that serve: a test starts one, waits for the port that it prints, and can see
 * whether and how it died.
 *
 * @module
 */

import { Lines } from "./lines.ts";

/** What {@linkcode startChild} starts. */
export interface ChildOptions {
  /** The script, as a URL: `new URL("fixture.ts", import.meta.url)`. */
  readonly script: URL;
  /** Permissions, spelled out: "--allow-net=127.0.0.1". */
  readonly permissions: readonly string[];
  /** Arguments of the script. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A child that printed "listening on PORT". Dispose of it to kill it and wait for its end. */
export interface Child extends AsyncDisposable {
  readonly pid: number;
  readonly port: number;
  /** The end of the process; `signal` and `code` tell how it came. */
  readonly status: Promise<Deno.CommandStatus>;
  /** Resolves with the first line of standard output that contains `text`; rejects if none comes. */
  line(text: string): Promise<string>;
  /** All of standard error, once the process has ended. */
  readonly stderr: Promise<string>;
}

/** Starts a Deno process and waits until it prints "listening on PORT". */
export async function startChild(options: ChildOptions): Promise<Child> {
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-prompt",
      ...options.permissions,
      options.script.href,
      ...options.args ?? [],
    ],
    env: { NO_COLOR: "1", ...options.env },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const output = new Lines(child.stdout);
  const stderr = new Response(child.stderr).text();

  async function end(): Promise<void> {
    try {
      child.kill("SIGKILL");
    } catch {
      // It has ended by itself, as some tests want.
    }
    await Promise.all([child.status, output.ended, stderr]);
  }

  try {
    const port = Number((await output.find("listening on ")).split(" ").at(-1));
    return {
      pid: child.pid,
      port,
      status: child.status,
      line: (text) => output.find(text),
      stderr,
      [Symbol.asyncDispose]: end,
    };
  } catch (cause) {
    await end();
    const wrote = (await stderr).trim();
    throw new Error(`Cannot start ${options.script.pathname}: ${wrote || "no output"}`, { cause });
  }
}
