// deno-lint-ignore-file camelcase -- names of gRPC's test service
/**
 * The cases of gRPC's interoperability suite, told to our own client.
 *
 * @module
 */
import { assert, assertEquals, assertRejects } from "@std/assert";
import type { MethodDefinition } from "@grpc/proto-loader";
import type { handleUnaryCall } from "../grpc_js/load.ts";
import { connectRpc, type RpcClient, type RpcClientOptions } from "../client.ts";
import { Metadata, type MetadataValue } from "../metadata.ts";
import { loadService, type Service } from "../service.ts";
import { RpcError } from "../status.ts";
import { ECHO_INITIAL, ECHO_TRAILING } from "./handlers.ts";
import type { OutputResponse, TestServiceDefinition, TestServiceHandlers } from "./test_service.ts";

type TestClient = RpcClient<TestServiceHandlers, TestServiceDefinition>["methods"];

/** A case: throws when the server does not do what it must. */
export type Case = (client: TestClient, options: RpcClientOptions) => Promise<void>;

const REQUEST_SIZES = [27182, 8, 1828, 45904];
const REPLY_SIZES = [31415, 9, 2653, 58979];
const WHITESPACE_AND_UNICODE =
  "\t\ntest with whitespace\r\nand Unicode BMP \u263a and non-BMP \u{1f608}\t\n";

const payload = (size: number) => ({ body: new Uint8Array(size) });
const inputs = () => REQUEST_SIZES.map((size) => ({ payload: payload(size) }));
const size = ({ payload }: OutputResponse) => payload?.body.length;

async function* stream<T>(...all: readonly T[]): AsyncGenerator<T> {
  yield* all;
}

/** Sends `first`, and ends when `end` comes. */
async function* until<T>(end: Promise<void>, ...first: readonly T[]): AsyncGenerator<T> {
  yield* first;
  await end;
}

async function sizes(replies: AsyncIterable<OutputResponse>): Promise<(number | undefined)[]> {
  return (await Array.fromAsync(replies)).map(size);
}

async function assertStatus(
  code: string,
  call: () => Promise<unknown>,
  message?: string,
): Promise<void> {
  const error = await assertRejects(call, RpcError);
  assertEquals(error.code, code, error.message);
  if (message !== undefined) assertEquals(error.message, message);
}

/** Every case by gRPC's name of it. */
export const CASES: Readonly<Record<string, Case>> = {
  async empty_unary(client) {
    assertEquals(await client.EmptyCall({}), {});
  },
  async large_unary(client) {
    const reply = await client.UnaryCall({ response_size: 314159, payload: payload(271828) });
    assertEquals(size(reply), 314159);
  },
  async client_streaming(client) {
    const reply = await client.StreamingInputCall(stream(...inputs()));
    assertEquals(reply.aggregated_payload_size, 74922);
  },
  async server_streaming(client) {
    const response_parameters = REPLY_SIZES.map((size) => ({ size }));
    assertEquals(await sizes(client.StreamingOutputCall({ response_parameters })), REPLY_SIZES);
  },
  async ping_pong(client) {
    const turns = REPLY_SIZES.map(() => Promise.withResolvers<void>());
    const replies = client.FullDuplexCall((async function* () {
      for (const [index, size] of REPLY_SIZES.entries()) {
        yield { payload: payload(REQUEST_SIZES[index] ?? 0), response_parameters: [{ size }] };
        await turns[index]?.promise;
      }
    })());
    const got = [];
    for await (const reply of replies) {
      turns[got.length]?.resolve();
      got.push(size(reply));
    }
    assertEquals(got, REPLY_SIZES);
  },
  async empty_stream(client) {
    assertEquals(await sizes(client.FullDuplexCall(stream())), []);
  },
  async timeout_on_sleeping_server(client) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const call = () => sizes(client.FullDuplexCall(until(promise), { timeoutMs: 1 }));
    await assertStatus("DEADLINE_EXCEEDED", call);
    resolve();
  },
  async cancel_after_begin(client) {
    const cancel = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    const call = client.StreamingInputCall(until(promise), { signal: cancel.signal });
    cancel.abort();
    await assertStatus("CANCELLED", () => call);
    resolve();
  },
  async cancel_after_first_response(client) {
    const cancel = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    const requests = until(promise, {
      payload: payload(27182),
      response_parameters: [{ size: 31415 }],
    });
    const replies = client.FullDuplexCall(requests, { signal: cancel.signal });
    await assertStatus("CANCELLED", async () => {
      for await (const reply of replies) {
        assertEquals(size(reply), 31415);
        cancel.abort();
      }
    });
    resolve();
  },
  async status_code_and_message(client) {
    const response_status = { code: 2, message: "test status message" };
    const { message } = response_status;
    await assertStatus("UNKNOWN", () => client.UnaryCall({ response_status }), message);
    const duplex = () => sizes(client.FullDuplexCall(stream({ response_status })));
    await assertStatus("UNKNOWN", duplex, message);
  },
  async special_status_message(client) {
    const response_status = { code: 2, message: WHITESPACE_AND_UNICODE };
    const { message } = response_status;
    await assertStatus("UNKNOWN", () => client.UnaryCall({ response_status }), message);
  },
  async custom_metadata(client) {
    const initial = "test_initial_metadata_value";
    const trailing = Uint8Array.of(10, 11, 10, 11, 10, 11);
    const got: (MetadataValue | undefined)[] = [];
    const options = () => ({
      metadata: new Metadata({ [ECHO_INITIAL]: initial, [ECHO_TRAILING]: trailing }),
      onHeaders: (headers: Metadata) => got.push(headers.get(ECHO_INITIAL)),
      onTrailers: (trailers: Metadata) =>
        got.push(Uint8Array.from(trailers.get(ECHO_TRAILING) as Uint8Array)),
    });
    await client.UnaryCall({ response_size: 1, payload: payload(1) }, options());
    const requests = stream({ response_parameters: [{ size: 1 }], payload: payload(1) });
    await sizes(client.FullDuplexCall(requests, options()));
    assertEquals(got, [initial, trailing, initial, trailing]);
  },
  unimplemented_method: (_, options) => unimplemented(options, "TestService"),
  unimplemented_service: (_, options) => unimplemented(options, "UnimplementedService"),
  async a_hundred_at_once(client) {
    const calls = Array.from(
      { length: 100 },
      (_, index) => client.UnaryCall({ response_size: index * 100, payload: payload(index * 100) }),
    );
    const replies = await Promise.all(calls);
    assert(replies.every((reply, index) => size(reply) === index * 100));
  },
};

interface Empty {
  UnimplementedCall: handleUnaryCall<object, object>;
}

interface EmptyDefinition {
  UnimplementedCall: MethodDefinition<object, object, object, object>;
}

/** Calls a method that nobody serves. */
async function unimplemented(options: RpcClientOptions, name: string): Promise<void> {
  const service: Service<Empty, EmptyDefinition> = loadService(
    `syntax = "proto3"; package grpc.testing;
     service ${name} { rpc UnimplementedCall (Empty) returns (Empty); }
     message Empty {}`,
    `grpc.testing.${name}`,
  );
  const client = connectRpc(service, options);
  try {
    await assertStatus("UNIMPLEMENTED", () => client.methods.UnimplementedCall({}));
  } finally {
    client.close();
  }
}
