/**
 * A service with one method of each kind, for tests of `rpc/`.
 *
 * @module
 */
import type { MethodDefinition } from "@grpc/proto-loader";
import { connectRpc, type RpcClient, type RpcClientOptions } from "../rpc/client.ts";
import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
} from "../rpc/grpc_js/load.ts";
import type { CallContext, Handlers } from "../rpc/handler.ts";
import { implement, type RpcServer, type RpcServerOptions, serveRpc } from "../rpc/server.ts";
import { loadService, type Service } from "../rpc/service.ts";
import { memoryLogger } from "./greeter.ts";

/** The message of all methods. */
export interface Text {
  text: string;
}

/** As `deno task proto` would generate it. */
export interface TalkerHandlers {
  say: handleUnaryCall<Text, Text>;
  gather: handleClientStreamingCall<Text, Text>;
  repeat: handleServerStreamingCall<Text, Text>;
  chat: handleBidiStreamingCall<Text, Text>;
}

/** As `deno task proto` would generate it. */
export interface TalkerDefinition {
  say: MethodDefinition<Text, Text, Text, Text>;
  gather: MethodDefinition<Text, Text, Text, Text>;
  repeat: MethodDefinition<Text, Text, Text, Text>;
  chat: MethodDefinition<Text, Text, Text, Text>;
}

/** Its methods, one of each kind. */
export const METHODS = ["say", "gather", "repeat", "chat"] as const;

/** Those that take one request. */
export const SINGLE_REQUEST = ["say", "repeat"] as const;

/** Those that have one reply. */
export const SINGLE_REPLY = ["say", "gather"] as const;

/** `test.Talker`. */
export const talker: Service<TalkerHandlers, TalkerDefinition> = loadService(
  `syntax = "proto3"; package test;
   service Talker {
     rpc say (Text) returns (Text);
     rpc gather (stream Text) returns (Text);
     rpc repeat (Text) returns (stream Text);
     rpc chat (stream Text) returns (stream Text);
   }
   message Text { string text = 1; }`,
  "test.Talker",
);

/** Handlers that answer every request with what `work` returns; `gather` answers when it has all. */
export function talk(work: (context: CallContext) => unknown): Handlers<TalkerHandlers> {
  const reply = async (context: CallContext) => await work(context) as Text;
  return {
    say: (_, context) => reply(context),
    async gather(requests, context) {
      for await (const _ of requests);
      return await reply(context);
    },
    async *repeat(_, context) {
      yield await reply(context);
    },
    async *chat(requests, context) {
      for await (const _ of requests) yield await reply(context);
    },
  };
}

/** What {@linkcode withTalker} gives to a test. */
export interface Talking {
  readonly server: RpcServer;
  readonly client: RpcClient<TalkerHandlers, TalkerDefinition>;
  readonly port: number;
}

/** Runs `body` with a server and a client of it; closes both. Methods without a handler answer "". */
export async function withTalker(
  handlers: Partial<Handlers<TalkerHandlers>>,
  body: (talking: Talking) => Promise<void>,
  { client: clientOptions = {}, ...options }:
    & Partial<RpcServerOptions>
    & { readonly client?: Partial<RpcClientOptions> } = {},
): Promise<void> {
  const server = await serveRpc({
    services: [implement(talker, { ...talk(() => ({ text: "" })), ...handlers })],
    hostname: "127.0.0.1",
    port: 0,
    log: memoryLogger([]),
    ...options,
  });
  const { port } = server.address;
  const client = connectRpc(talker, { target: `127.0.0.1:${port}`, ...clientOptions });
  try {
    await body({ server, client, port });
  } finally {
    client.close();
    await server.close(0);
  }
}

/** All messages of a stream. */
export async function texts(messages: AsyncIterable<Text>): Promise<string[]> {
  const all: string[] = [];
  for await (const { text } of messages) all.push(text);
  return all;
}

/** A stream of these messages, as fast as they are taken. */
export async function* stream(...all: readonly string[]): AsyncGenerator<Text> {
  for (const text of all) yield { text };
}
