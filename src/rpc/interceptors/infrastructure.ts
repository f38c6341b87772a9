/**
 * Calls that ask about the server instead of using it: what limits and faults leave alone.
 *
 * @module
 */
import type { MethodInfo } from "../method.ts";

/** Whether a method is one of the health service: a probe has to be answered when all else is refused. */
export function isHealth({ service }: MethodInfo): boolean {
  return service === "grpc.health.v1.Health";
}

/** Whether a method is one of server reflection, in any of its versions. */
export function isReflection({ service }: MethodInfo): boolean {
  return service.startsWith("grpc.reflection.");
}
