import type protobuf from "protobufjs";
import { describeOptions } from "./options.ts";
import { resolveType, type Scope } from "./symbols.ts";

/** A service as a `ServiceDescriptorProto`. */
export function describeService(
  name: string,
  { methods, options }: protobuf.IService,
  scope: Scope,
): object {
  return {
    name,
    method: Object.entries(methods).map(([key, method]) => ({
      name: key,
      inputType: `.${resolveType(scope, method.requestType)}`,
      outputType: `.${resolveType(scope, method.responseType)}`,
      ...(method.requestStream ? { clientStreaming: true } : {}),
      ...(method.responseStream ? { serverStreaming: true } : {}),
      ...describeOptions("MethodOptions", method.options),
    })),
    ...describeOptions("ServiceOptions", options),
  };
}
