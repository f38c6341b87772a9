/**
 * Hides the environment while `@lezer/lr` is loaded: as it loads it reads the variable LOG, which
 * throws where no environment permission was granted, as in a plain `deno test`.
 * Proven by that run. Delete this file when `@lezer/lr` no longer reads `process.env`.
 *
 * @module
 */
import process from "node:process";

const environment = process.env;
process.env = {};

/** Shows the environment again. */
export function showEnvironment(): void {
  process.env = environment;
}
