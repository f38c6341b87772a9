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

// Nothing may keep the process that has ended its work: not a client that does not read its answer.
Deno.unrefTimer(setTimeout(() => Deno.exit(), 1000));
