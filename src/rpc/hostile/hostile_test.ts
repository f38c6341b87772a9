import { assert, assertEquals, assertGreater } from "@std/assert";
import { testWithProgram } from "../../testing/programs.ts";
import { peakMegabytes } from "../bench/process.ts";
import { TRANSPORTS } from "../interop/transports.ts";
import type { TransportName } from "../server.ts";
import { type Attack, ATTACKS } from "./attacks.ts";
import { startVictim, type Victim } from "./victim.ts";

/** How much a server may grow while one attack goes on, with all that V8 has not yet given back. */
const MAX_GROWTH_MEGABYTES = 200;

async function survive(victim: Victim, transport: TransportName, attack: Attack): Promise<void> {
  const before = await victim.megabytes();
  const label = attack.refused && `reason="${attack.refused}"`;
  const refused = () => victim.counter("grpc_server_refused_total", label);
  const refusedBefore = await refused();
  const witness = victim.witness();
  await witness.answered(1);
  const peak = await peakMegabytes(victim.pid, () => attack.run(victim, witness));
  await witness.answered(1);
  await witness.stop();
  assert(
    peak - before < MAX_GROWTH_MEGABYTES,
    `memory is bounded: it grew from ${before.toFixed()} to ${peak.toFixed()} MB`,
  );
  if (transport === "native") {
    if (attack.refused) assertGreater(await refused(), refusedBefore, "refusals are counted");
    const escaped = await victim.counter("grpc_server_connection_errors_total", 'origin="escaped"');
    assertEquals(escaped, 0, "nothing escapes from the transport");
  }
}

for (const transport of TRANSPORTS) {
  testWithProgram(
    "cat",
    `serveRpc() survives malice and serves others (${transport})`,
    async (_, t) => {
      await using victim = await startVictim(transport);
      for (const attack of ATTACKS) {
        await t.step(attack.title, () => survive(victim, transport, attack));
      }
    },
  );
}
