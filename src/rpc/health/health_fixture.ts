/**
 * A server with the health service alone, for tests.
 *
 * @module
 */
import { ReadinessState } from "../../ops/readiness.ts";
import { memoryLogger } from "../../testing/greeter.ts";
import { connectRpc, type RpcClient } from "../client.ts";
import { type RpcServer, serveRpc } from "../server.ts";
import { createHealth, type Health, type HealthOptions } from "./health.ts";
import { health, type HealthDefinition, type HealthHandlers } from "./service.ts";

/** What {@linkcode withHealth} gives to a test. */
export interface HealthFixture {
  readonly state: Health;
  readonly readiness: ReadinessState;
  readonly server: RpcServer;
  /** `127.0.0.1:PORT` */
  readonly target: string;
  readonly client: RpcClient<HealthHandlers, HealthDefinition>;
}

/** Runs `body` with a server that has a service `test.Greeter` and is starting. */
export async function withHealth(
  body: (fixture: HealthFixture) => Promise<void>,
  options: Partial<HealthOptions> = {},
): Promise<void> {
  const readiness = new ReadinessState();
  const state = createHealth({ services: ["test.Greeter"], readiness, ...options });
  const server = await serveRpc({
    services: [state.implementation],
    hostname: "127.0.0.1",
    port: 0,
    log: memoryLogger([]),
  });
  const target = `127.0.0.1:${server.address.port}`;
  const client = connectRpc(health, { target });
  try {
    await body({ state, readiness, server, target, client });
  } finally {
    client.close();
    await server.close(0);
  }
}
