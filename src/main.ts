/**
 * The program: reads its arguments, runs one command.
 *
 * @module
 */
import { run } from "./cli/run.ts";
import { processTerminal } from "./cli/terminal.ts";

Deno.exitCode = await run(Deno.args, {
  terminal: processTerminal(),
  env: (name) => Deno.env.get(name),
});
