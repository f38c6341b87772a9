/**
 * What the test service answers.
 *
 * @module
 */
import type { CallContext, Handlers } from "../handler.ts";
import { RpcError, statusName } from "../status.ts";
import type { EchoStatus, OutputRequest, Payload, TestServiceHandlers } from "./test_service.ts";

/** Metadata under these keys is sent back, the one with the headers, the other with the status. */
export const ECHO_INITIAL = "x-grpc-test-echo-initial";
export const ECHO_TRAILING = "x-grpc-test-echo-trailing-bin";

export const testServiceHandlers: Handlers<TestServiceHandlers> = {
  EmptyCall: () => ({}),
  UnaryCall(request, context) {
    echoMetadata(context);
    refuseAsAsked(request.response_status);
    return { payload: zeros(request.response_size ?? 0) };
  },
  async StreamingInputCall(requests) {
    let size = 0;
    for await (const { payload } of requests) size += payload?.body.length ?? 0;
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

async function* outputs(request: OutputRequest, { signal }: CallContext) {
  for (const { size, interval_us = 0 } of request.response_parameters ?? []) {
    if (interval_us > 0) await sleep(interval_us / 1000, signal);
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
