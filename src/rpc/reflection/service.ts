// deno-lint-ignore-file camelcase -- the wire contract's names
/**
 * The service `grpc.reflection.v1.ServerReflection`, its older name, and its types.
 *
 * @module
 */
import type { MethodDefinition } from "@grpc/proto-loader";
import type { handleBidiStreamingCall } from "../grpc_js/load.ts";
import { loadService, type Service } from "../service.ts";
import proto from "./reflection.proto" with { type: "text" };

/** One question: exactly one of the fields after `host` is set. */
export interface ReflectionRequest {
  readonly host?: string;
  readonly file_by_filename?: string;
  readonly file_containing_symbol?: string;
  readonly file_containing_extension?: {
    readonly containing_type: string;
    readonly extension_number: number;
  };
  readonly all_extension_numbers_of_type?: string;
  readonly list_services?: string;
}

/** What was found; one of the fields is set. */
export interface ReflectionAnswer {
  readonly file_descriptor_response?: { readonly file_descriptor_proto: readonly Uint8Array[] };
  readonly all_extension_numbers_response?: {
    readonly base_type_name: string;
    readonly extension_number: readonly number[];
  };
  readonly list_services_response?: { readonly service: readonly { readonly name: string }[] };
  readonly error_response?: { readonly error_code: number; readonly error_message: string };
}

/** The answer to one question, with the question. */
export interface ReflectionResponse extends ReflectionAnswer {
  readonly valid_host: string;
  readonly original_request: ReflectionRequest | null;
}

/** The handlers of {@linkcode reflection}. */
export interface ReflectionHandlers {
  ServerReflectionInfo: handleBidiStreamingCall<ReflectionRequest, ReflectionResponse>;
}

/** The methods of {@linkcode reflection}. */
export interface ReflectionDefinition {
  ServerReflectionInfo: MethodDefinition<
    ReflectionRequest,
    ReflectionResponse,
    ReflectionRequest,
    ReflectionResponse
  >;
}

const V1 = "grpc.reflection.v1";
const V1_ALPHA = "grpc.reflection.v1alpha";

/** `grpc.reflection.v1.ServerReflection`. */
export const reflection: Service<ReflectionHandlers, ReflectionDefinition> = loadService(
  proto,
  `${V1}.ServerReflection`,
);

/** `grpc.reflection.v1alpha.ServerReflection`, for tools that know no other. */
export const reflectionV1Alpha: Service<ReflectionHandlers, ReflectionDefinition> = loadService(
  proto.replace(`package ${V1};`, `package ${V1_ALPHA};`),
  `${V1_ALPHA}.ServerReflection`,
);

/** The paths by which others know the two files. */
export const REFLECTION_FILES: Readonly<Record<string, string>> = {
  "grpc/reflection/v1/reflection.proto": reflection.proto,
  "grpc/reflection/v1alpha/reflection.proto": reflectionV1Alpha.proto,
};
