/**
 * `echoscope serve` over a transport: its first argument. The rest is as for the program.
 *
 * @module
 */
import { run } from "../../cli/run.ts";
import { processTerminal } from "../../cli/terminal.ts";
import { defaultTransport, type TransportName } from "../server.ts";

if (import.meta.main) {
  const [transport, ...args] = Deno.args;
  defaultTransport.name = transport as TransportName;
  Deno.exitCode = await run(["serve", ...args], {
    terminal: processTerminal(),
    env: () => undefined,
  });
}
