import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { testWithProgram } from "../../testing/programs.ts";
import { peakMegabytes } from "../bench/process.ts";
import { TRANSPORTS } from "../interop/transports.ts";
import type { TransportName } from "../server.ts";
import type { Attack } from "./attack.ts";
import { CONNECTIONS } from "./connections.ts";
import { FLOODS } from "./floods.ts";
import { REQUESTS } from "./requests.ts";
import { SLOW } from "./slow.ts";
import { UNREAD } from "./unread.ts";
import { startVictim, type Victim } from "./victim.ts";

/** How much a server may grow while one attack goes on, with all that V8 has not collected yet. */
const MAX_GROWTH_MEGABYTES: Record<TransportName, number> = {
  native: 200,
  // Replies that wait for a window are bounded by the number of streams alone.
  "grpc-js": 600,
};

/** How much more may be in use when an attack is over: code that was compiled for it, caches. */
const MAX_KEPT_MEGABYTES = 5;

async function survive(victim: Victim, transport: TransportName, attack: Attack): Promise<void> {
  const label = attack.refused && `reason="${attack.refused}"`;
  const refused = () => victim.value("grpc_server_refused_total", label);
  const [inUse, resident] = [await victim.megabytesInUse(), await victim.residentMegabytes()];
  const refusedBefore = await refused();
  const witness = victim.witness();
  let peak: number;
  try {
    await witness.answered(1);
    peak = await peakMegabytes(victim.pid, () => attack.run(victim, witness));
    await witness.answered(1);
  } finally {
    await witness.stop();
  }
  assertLess(peak - resident, MAX_GROWTH_MEGABYTES[transport], "memory is bounded (MB)");
  assertLess(await victim.megabytesInUse() - inUse, MAX_KEPT_MEGABYTES, "and given back (MB)");
  if (transport === "native") {
    if (attack.refused) assertGreater(await refused(), refusedBefore, "refusals are counted");
    const escaped = await victim.value("grpc_server_connection_errors_total", 'origin="escaped"');
    assertEquals(escaped, 0, "nothing escapes from the transport");
  }
}

for (const transport of TRANSPORTS) {
  testWithProgram(
    "cat",
    `serveRpc() survives malice and serves others (${transport})`,
    async (_, t) => {
      await using victim = await startVictim(transport);
      for (const attack of [...FLOODS, ...REQUESTS, ...UNREAD, ...SLOW, ...CONNECTIONS]) {
        if (attack.nativeOnly && transport !== "native") continue;
        await t.step(attack.title, () => survive(victim, transport, attack));
      }
    },
  );
}
