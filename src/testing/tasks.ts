/**
 * The tasks of deno.json, run as a user runs them but with another output.
 *
 * @module
 */
import manifest from "../../deno.json" with { type: "json" };

/** What a task left. */
export interface TaskRun {
  readonly code: number;
  /** Standard output and standard error. */
  readonly output: string;
}

/** Runs a task of deno.json after replacing texts in its command. Each text must be there. */
export async function runTask(
  name: keyof typeof manifest.tasks,
  replacements: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
): Promise<TaskRun> {
  let line: string = manifest.tasks[name].command;
  for (const [from, to] of Object.entries(replacements)) {
    if (!line.includes(from)) {
      throw new Error(`The task '${name}' does not have '${from}': ${line}`);
    }
    line = line.replace(from, to);
  }
  const [program, ...args] = line.split(" ");
  if (program !== "deno") throw new Error(`The task '${name}' does not run deno: ${line}`);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: new URL("../../", import.meta.url),
    env: { NO_COLOR: "1", ...env },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, output: text(stdout) + text(stderr) };
}
