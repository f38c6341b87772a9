/**
 * A server with reflection that a test bundles and runs. Prints "listening on PORT".
 *
 * @module
 */
import { greeter, memoryLogger } from "../../testing/greeter.ts";
import { implement, serveRpc } from "../server.ts";
import { createReflection } from "./reflection.ts";

const { address } = await serveRpc({
  services: [
    implement(greeter, { greet: ({ text }) => ({ text: `Hello ${text}!` }) }),
    ...createReflection([greeter]),
  ],
  hostname: "127.0.0.1",
  port: 0,
  log: memoryLogger([]),
});
// deno-lint-ignore no-console -- the test reads it
console.log(`listening on ${address.port}`);
