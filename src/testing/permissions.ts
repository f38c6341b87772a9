/**
 * Tests that need more than computation. `deno task test` grants what they need; a plain
 * `deno test` shows them as ignored instead of failing or asking.
 *
 * @module
 */

/** A permission that a test can need. */
export type Need = "net" | "run" | "read" | "write" | "env";

/** Whether this process may do all of `needs`. */
export function permitted(...needs: Need[]): boolean {
  return needs.every((name) =>
    // The test set allows single variables, so "env" as a whole is never granted: ask for one of them.
    Deno.permissions.querySync(name === "env" ? { name, variable: "PATH" } : { name }).state ===
      "granted"
  );
}

/** Registers a test that is ignored, visibly, where `needs` are not granted. */
export function testWith(
  needs: readonly Need[],
  name: string,
  fn: (t: Deno.TestContext) => void | Promise<void>,
): void {
  const missing = needs.filter((need) => !permitted(need));
  const reason = missing.length === 0
    ? ""
    : ` (needs ${missing.map((n) => `--allow-${n}`).join(" ")})`;
  Deno.test({ name: name + reason, ignore: missing.length > 0, fn });
}
