// deno-lint-ignore-file camelcase -- names of gRPC's test service
/**
 * The service of gRPC's interoperability tests, its handlers, and the clients that try them: grpc-go's
 * own test client, grpc-js, ghz. Specification: grpc/doc/interop-test-descriptions.md.
 *
 * @module
 */
import type { MethodDefinition } from "@grpc/proto-loader";
import type {
  handleBidiStreamingCall,
  handleClientStreamingCall,
  handleServerStreamingCall,
  handleUnaryCall,
} from "../grpc_js/load.ts";
import { loadService, type Service } from "../service.ts";
import proto from "./test_service.proto" with { type: "text" };

/** Bytes that only their number matters of. */
export interface Payload {
  readonly type?: number;
  readonly body: Uint8Array;
}

/** The status that a request asks for; code 0 asks for none. */
export interface EchoStatus {
  readonly code: number;
  readonly message: string;
}

/** A boolean that may be absent. */
export interface BoolValue {
  readonly value: boolean;
}

export interface SimpleRequest {
  readonly response_size?: number;
  readonly payload?: Payload | null;
  readonly response_compressed?: BoolValue | null;
  readonly response_status?: EchoStatus | null;
  readonly expect_compressed?: BoolValue | null;
}

export interface SimpleResponse {
  readonly payload?: Payload | null;
}

export interface InputRequest {
  readonly payload?: Payload | null;
  readonly expect_compressed?: BoolValue | null;
}

export interface InputResponse {
  readonly aggregated_payload_size: number;
}

export interface OutputRequest {
  readonly response_parameters?: readonly {
    readonly size: number;
    readonly interval_us?: number;
    readonly compressed?: BoolValue | null;
  }[];
  readonly payload?: Payload | null;
  readonly response_status?: EchoStatus | null;
}

export interface OutputResponse {
  readonly payload?: Payload | null;
}

type Empty = Record<never, never>;

/** As `deno task proto` would generate it. */
export interface TestServiceHandlers {
  EmptyCall: handleUnaryCall<Empty, Empty>;
  UnaryCall: handleUnaryCall<SimpleRequest, SimpleResponse>;
  StreamingInputCall: handleClientStreamingCall<InputRequest, InputResponse>;
  StreamingOutputCall: handleServerStreamingCall<OutputRequest, OutputResponse>;
  FullDuplexCall: handleBidiStreamingCall<OutputRequest, OutputResponse>;
}

/** As `deno task proto` would generate it. */
export interface TestServiceDefinition {
  EmptyCall: MethodDefinition<Empty, Empty, Empty, Empty>;
  UnaryCall: MethodDefinition<SimpleRequest, SimpleResponse, SimpleRequest, SimpleResponse>;
  StreamingInputCall: MethodDefinition<InputRequest, InputResponse, InputRequest, InputResponse>;
  StreamingOutputCall: MethodDefinition<
    OutputRequest,
    OutputResponse,
    OutputRequest,
    OutputResponse
  >;
  FullDuplexCall: MethodDefinition<OutputRequest, OutputResponse, OutputRequest, OutputResponse>;
}

/** `grpc.testing.TestService`. */
export const testService: Service<TestServiceHandlers, TestServiceDefinition> = loadService(
  proto,
  "grpc.testing.TestService",
);
