import { testWithProgram } from "../../testing/programs.ts";
import { connectRpc } from "../client.ts";
import { CASES } from "./cases.ts";
import { SECURITIES, serveTestService } from "./fixture.ts";
import { testService } from "./test_service.ts";
import { TRANSPORTS } from "./transports.ts";

for (const transport of TRANSPORTS) {
  for (const security of SECURITIES) {
    testWithProgram(
      "openssl",
      `serveRpc() passes gRPC's interoperability cases, called by grpc-js (${transport}, ${security})`,
      async (_, t) => {
        await using served = await serveTestService(transport, security);
        const { child, authority } = served;
        const tls = authority && { caFile: authority.caFile };
        const options = { target: `localhost:${child.port}`, tls };
        const client = connectRpc(testService, options);
        for (const [name, run] of Object.entries(CASES)) {
          await t.step(name, () => run(client.methods, options));
        }
        client.close();
      },
    );
  }
}
