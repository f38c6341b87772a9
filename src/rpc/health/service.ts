/**
 * The service `grpc.health.v1.Health` and its types.
 *
 * @module
 */
import type { MethodDefinition } from "@grpc/proto-loader";
import type { handleServerStreamingCall, handleUnaryCall } from "../grpc_js/load.ts";
import { loadService, type Service } from "../service.ts";
import proto from "./health.proto" with { type: "text" };

/** What a service can be set to. */
export type ServingStatus = "SERVING" | "NOT_SERVING";

/** Asks for one service; an empty name is the server as a whole. */
export interface HealthCheckRequest {
  readonly service: string;
}

/** The status of one service. `SERVICE_UNKNOWN` comes from Watch alone. */
export interface HealthCheckResponse {
  readonly status: ServingStatus | "UNKNOWN" | "SERVICE_UNKNOWN";
}

/** The status of every service by name. */
export interface HealthListResponse {
  readonly statuses: Readonly<Record<string, HealthCheckResponse>>;
}

// deno-lint-ignore ban-types -- a message without fields
type Empty = {};

/** The handlers of {@linkcode health}. */
export interface HealthHandlers {
  Check: handleUnaryCall<HealthCheckRequest, HealthCheckResponse>;
  List: handleUnaryCall<Empty, HealthListResponse>;
  Watch: handleServerStreamingCall<HealthCheckRequest, HealthCheckResponse>;
}

/** The methods of {@linkcode health}. */
export interface HealthDefinition {
  Check: Definition<HealthCheckRequest, HealthCheckResponse>;
  List: Definition<Empty, HealthListResponse>;
  Watch: Definition<HealthCheckRequest, HealthCheckResponse>;
}

type Definition<Request, Reply> = MethodDefinition<Request, Reply, Request, Reply>;

/** `grpc.health.v1.Health`, to serve with `createHealth()` or to call with `connectRpc()`. */
export const health: Service<HealthHandlers, HealthDefinition> = loadService(
  proto,
  "grpc.health.v1.Health",
);
