import { assertEquals } from "@std/assert";
import { testWithProgram } from "../../testing/programs.ts";
import { SECURITIES, type Served, serveTestService } from "./fixture.ts";
import { TRANSPORTS } from "./transports.ts";

/** The cases of gRPC's suite that grpc-go's client has and that need nobody but a server. */
const CASES = [
  "empty_unary",
  "large_unary",
  "client_streaming",
  "server_streaming",
  "ping_pong",
  "empty_stream",
  "timeout_on_sleeping_server",
  "cancel_after_begin",
  "cancel_after_first_response",
  "status_code_and_message",
  "special_status_message",
  "custom_metadata",
  "unimplemented_method",
  "unimplemented_service",
  "rpc_soak",
  "channel_soak",
];

async function runCase(client: string, name: string, { child, authority }: Served): Promise<void> {
  const security = authority && [
    ...["-use_tls", "-use_test_ca", `-ca_file=${authority.caFile}`],
    "-server_host_override=localhost",
  ];
  const target = ["-server_host=127.0.0.1", `-server_port=${child.port}`];
  const { code, stderr } = await new Deno.Command(client, {
    args: [`-test_case=${name}`, ...target, ...security ?? []],
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
}

for (const transport of TRANSPORTS) {
  for (const security of SECURITIES) {
    testWithProgram(
      "grpc-interop-client",
      `serveRpc() passes grpc-go's interoperability cases (${transport}, ${security})`,
      async (client, t) => {
        await using served = await serveTestService(transport, security);
        for (const name of CASES) await t.step(name, () => runCase(client, name, served));
      },
    );
  }
}
