import { assertEquals } from "@std/assert";
import { memoryLogger } from "../../testing/greeter.ts";
import { frame, GOAWAY } from "../../testing/http2.ts";
import { connectHttp2, DATA, PING } from "../../testing/http2_connection.ts";
import { testWith } from "../../testing/permissions.ts";
import { bigCall, Type, uint32 } from "../hostile/attacker.ts";
import { implement, serveRpc } from "../server.ts";
import { testServiceHandlers } from "./handlers.ts";
import { testService } from "./test_service.ts";
import { TRANSPORTS } from "./transports.ts";

/** The window that a connection and a stream begin with (RFC 9113, section 6.9.2). */
const WINDOW = 65_535;

const ping = () => frame(PING, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]);
const window = (stream: number) => frame(Type.WINDOW_UPDATE, 0, stream, uint32(1000));

for (const transport of TRANSPORTS) {
  testWith(
    ["net", "env"],
    `serveRpc() welcomes a ping for every part of one large reply, as grpc-go sends (${transport})`,
    async () => {
      const server = await serveRpc({
        services: [implement(testService, testServiceHandlers)],
        hostname: "127.0.0.1",
        port: 0,
        transport,
        log: memoryLogger([]),
      });
      {
        using connection = await connectHttp2(server.address.port);
        const data = async () => (await connection.next(({ type }) => type === DATA))?.payload;
        await connection.send(bigCall(0));
        for (let got = 0; got < WINDOW;) got += (await data())?.length ?? Infinity;
        for (let part = 0; part < 10; part++) {
          await connection.send(window(0), window(1));
          assertEquals((await data())?.length, 1000);
          await connection.send(ping());
          const answer = await connection.next(({ type }) => type === PING || type === GOAWAY);
          assertEquals(answer?.type, PING, `after part ${part}`);
        }
      }
      await server.close(0);
    },
  );
}
