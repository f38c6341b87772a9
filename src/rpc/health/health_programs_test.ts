import { assertEquals } from "@std/assert";
import { testWithProgram } from "../../testing/programs.ts";
import { withHealth } from "./health_fixture.ts";

const SERVING = 0;
const RPC_FAILED = 3;
const NOT_SERVING = 4;

testWithProgram(
  "grpc-health-probe",
  "createHealth() tells grpc-health-probe what it exits with",
  (probe) =>
    withHealth(async ({ target, readiness, state }) => {
      async function exit(...args: string[]): Promise<number> {
        const command = new Deno.Command(probe, { args: ["-addr", target, ...args] });
        return (await command.output()).code;
      }
      assertEquals(await exit(), NOT_SERVING);
      readiness.set("ready");
      assertEquals(await exit(), SERVING);
      assertEquals(await exit("-service", "test.Greeter"), SERVING);
      assertEquals(await exit("-service", "test.None"), RPC_FAILED);
      state.set("test.Greeter", "NOT_SERVING");
      assertEquals(await exit("-service", "test.Greeter"), NOT_SERVING);
      readiness.set("draining");
      assertEquals(await exit(), NOT_SERVING);
    }),
);
