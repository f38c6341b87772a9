/**
 * A small service for tests of `rpc/`, which must not know the echo service.
 *
 * @module
 */
import type { handleUnaryCall } from "../rpc/grpc_js/load.ts";
import type { MethodDefinition } from "@grpc/proto-loader";
import { createLogger, type Logger } from "../logging/logger.ts";
import { connectRpc, type RpcClient } from "../rpc/client.ts";
import type { UnaryHandler } from "../rpc/handler.ts";
import { implement, type RpcServer, type RpcServerOptions, serveRpc } from "../rpc/server.ts";
import { loadService, type Service } from "../rpc/service.ts";

interface Text {
  text: string;
}

interface GreeterHandlers {
  greet: handleUnaryCall<Text, Text>;
}

interface GreeterDefinition {
  greet: MethodDefinition<Text, Text, Text, Text>;
}

/** `test.Greeter` with the one method `greet`. */
export const greeter: Service<GreeterHandlers, GreeterDefinition> = loadService(
  `syntax = "proto3"; package test;
   service Greeter { rpc greet (Text) returns (Text); }
   message Text { string text = 1; }`,
  "test.Greeter",
);

/** What {@linkcode withGreeter} gives to a test. */
export interface Greeting {
  readonly server: RpcServer;
  readonly client: RpcClient<GreeterHandlers, GreeterDefinition>;
  /** What the server logged, a JSON object a line. */
  readonly logged: string[];
}

/** Runs `body` with a server that answers with `greet` and a client of it; closes both. */
export async function withGreeter(
  greet: UnaryHandler<Text, Text>,
  body: (greeting: Greeting) => Promise<void>,
  options: Partial<RpcServerOptions> = {},
): Promise<void> {
  const logged: string[] = [];
  const server = await serveRpc({
    services: [implement(greeter, { greet })],
    hostname: "127.0.0.1",
    port: 0,
    log: memoryLogger(logged),
    ...options,
  });
  const client = connectRpc(greeter, { target: `127.0.0.1:${server.address.port}` });
  try {
    await body({ server, client, logged });
  } finally {
    client.close();
    await server.close(0);
  }
}

/** A logger that keeps its lines. */
export function memoryLogger(lines: string[]): Logger {
  return createLogger({ level: "debug", format: "json", write: (line) => lines.push(line) });
}
