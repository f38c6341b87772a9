/**
 * Foreign programs that tests run: grpcurl, h2load, promtool and so on.
 *
 * @module
 */
import { permitted } from "./permissions.ts";

/**
 * The path of `program` on this machine, or undefined where it is missing. With `CI=true` a missing
 * program throws, so that a test can skip on a person's machine and never on ours.
 */
export function findProgram(program: string): string | undefined {
  if (!permitted("env", "read", "run")) return undefined;
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    const path = `${folder}/${program}`;
    try {
      if (Deno.statSync(path).isFile) return path;
    } catch {
      // Not in this folder: look in the next.
    }
  }
  if (Deno.env.get("CI") === "true") {
    throw new Error(
      `Cannot run this test: '${program}' is not on PATH, and with CI=true it must be`,
    );
  }
  return undefined;
}

/** Registers a test that runs `program`, ignored with the reason in its name where that is missing. */
export function testWithProgram(
  program: string,
  name: string,
  fn: (path: string, t: Deno.TestContext) => void | Promise<void>,
): void {
  let path: string | undefined;
  let failure: unknown;
  try {
    path = findProgram(program);
  } catch (error) {
    failure = error;
  }
  const missing = path === undefined && failure === undefined;
  Deno.test({
    name: missing ? `${name} (needs the program '${program}')` : name,
    ignore: missing,
    fn: (t) => {
      if (path === undefined) throw failure;
      return fn(path, t);
    },
  });
}
