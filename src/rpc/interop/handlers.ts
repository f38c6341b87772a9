/**
 * What the test service answers.
 *
 * @module
 */
import type { CallContext, Handlers } from "../handler.ts";
import { RpcError, statusName } from "../status.ts";
import type {
  BoolValue,
  EchoStatus,
  OutputRequest,
  Payload,
  TestServiceHandlers,
} from "./test_service.ts";

/** Metadata under these keys is sent back, the one with the headers, the other with the status. */
export const ECHO_INITIAL = "x-grpc-test-echo-initial";
export const ECHO_TRAILING = "x-grpc-test-echo-trailing-bin";

export const testServiceHandlers: Handlers<TestServiceHandlers> = {
  EmptyCall: () => ({}),
  UnaryCall(request, context) {
    echoMetadata(context);
    refuseAsAsked(request.response_status);
    checkCompression(request.expect_compressed, context);
    compressAsAsked(request.response_compressed, context);
    return { payload: zeros(request.response_size ?? 0) };
  },
  async StreamingInputCall(requests, context) {
    let size = 0;
    for await (const { payload, expect_compressed } of requests) {
      checkCompression(expect_compressed, context);
      size += payload?.body.length ?? 0;
    }
    return { aggregated_payload_size: size };
  },
  StreamingOutputCall: outputs,
  async *FullDuplexCall(requests, context) {
    echoMetadata(context);
    for await (const request of requests) {
      refuseAsAsked(request.response_status);
      yield* outputs(request, context);
    }
  },
};

async function* outputs(request: OutputRequest, context: CallContext) {
  for (const { size, interval_us = 0, compressed } of request.response_parameters ?? []) {
    if (interval_us > 0) await sleep(interval_us / 1000, context.signal);
    compressAsAsked(compressed, context);
    yield { payload: zeros(size) };
  }
}

function echoMetadata({ metadata, responseHeaders, responseTrailers }: CallContext): void {
  const initial = metadata.get(ECHO_INITIAL);
  if (initial !== undefined) responseHeaders.set(ECHO_INITIAL, initial);
  const trailing = metadata.get(ECHO_TRAILING);
  if (trailing !== undefined) responseTrailers.set(ECHO_TRAILING, trailing);
}

function refuseAsAsked(status: EchoStatus | null | undefined): void {
  const code = statusName(status?.code ?? 0);
  if (code !== "OK") throw new RpcError(code, status?.message ?? "");
}

function checkCompression(expected: BoolValue | null | undefined, context: CallContext): void {
  if (expected?.value !== true || context.isRequestCompressed) return;
  throw new RpcError("INVALID_ARGUMENT", "The request was to be compressed, and is not");
}

function compressAsAsked(asked: BoolValue | null | undefined, context: CallContext): void {
  if (asked) context.compressReplies = asked.value;
}

function zeros(size: number): Payload {
  return { body: new Uint8Array(size) };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
