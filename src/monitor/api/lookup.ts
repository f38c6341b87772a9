import { Deadline } from "../promql/evaluate/deadline.ts";
import type { ApiParts, ApiRequest } from "./endpoint.ts";
import { queryFailure } from "./failure.ts";

/**
 * Looks something up in the time that a query has: `work` gets a signal that ends it then, or when the
 * client goes away. A parameter `timeout` counts for queries only, as in Prometheus. Throws an ApiError.
 */
export async function lookUp<T>(
  { queryTimeoutMs = 120_000 }: ApiParts,
  { signal }: ApiRequest,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  using deadline = new Deadline(queryTimeoutMs, signal);
  deadline.enter("label lookup");
  try {
    deadline.signal.throwIfAborted();
    return await deadline.unlessStopped(work(deadline.signal));
  } catch (error) {
    throw queryFailure(error);
  }
}
