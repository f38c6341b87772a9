/**
 * The echo service on grpc-js and nothing else: what the whole chain is compared with. With the
 * argument `coalesce` it accepts connections as we do.
 *
 * @module
 */
import { loadPackageDefinition } from "@grpc/grpc-js";
import { fromJSON } from "@grpc/proto-loader";
import protobuf from "protobufjs";
import proto from "../../proto/foo.proto" with { type: "text" };
import { guardHttp2 } from "./grpc_js/http2_guard.ts";
import { grpc } from "./grpc_js/load.ts";
import { listenTcp } from "./grpc_js/socket.ts";

function print(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${line}\n`));
}

guardHttp2();
const definition = fromJSON(protobuf.parse(proto, { keepCase: true }).root.toJSON(), {
  keepCase: true,
  defaults: true,
});
// deno-lint-ignore no-explicit-any -- grpc-js types nothing of what it loads
const { foo } = loadPackageDefinition(definition) as any;
const server = new grpc.Server({ "grpc.enable_channelz": 0 });
server.addService(foo.Foo.service, {
  // deno-lint-ignore no-explicit-any -- likewise
  echo: (call: any, reply: any) => reply(null, { message: `Hello ${call.request.name}!` }),
});
const credentials = grpc.ServerCredentials.createInsecure();
if (Deno.args.includes("coalesce")) {
  const injector = server.createConnectionInjector(credentials);
  const { address } = await listenTcp({
    hostname: "127.0.0.1",
    port: 0,
    onConnection: (socket) => injector.injectConnection(socket),
    onError: () => {},
  });
  print(`listening on ${address.port}`);
} else {
  server.bindAsync("127.0.0.1:0", credentials, (_, port) => print(`listening on ${port}`));
}
