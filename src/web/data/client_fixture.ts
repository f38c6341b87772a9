import { PrometheusClient } from "./client.ts";

/** A request as a fake Prometheus sees it. */
export interface Asked {
  readonly path: string;
  readonly method: string;
  readonly parameters: URLSearchParams;
  readonly signal: AbortSignal;
}

/** What a fake Prometheus answers: data, or a whole response. */
export type Answer = (asked: Asked) => unknown;

/** A client whose requests `answer` answers, and the requests so far. */
export function clientOf(
  answer: Answer,
  options: { readonly concurrency?: number } = {},
): { readonly client: PrometheusClient; readonly asked: readonly Asked[] } {
  const asked: Asked[] = [];
  const fake: typeof fetch = async (input, init) => {
    const url = new URL(String(input), "http://prometheus");
    const post = init?.method === "POST";
    const request = {
      path: url.pathname.replace("/api/v1/", ""),
      method: init?.method ?? "GET",
      parameters: post ? new URLSearchParams(String(init?.body)) : url.searchParams,
      signal: init?.signal ?? new AbortController().signal,
    };
    asked.push(request);
    const data = await answer(request);
    return data instanceof Response ? data : Response.json({ status: "success", data });
  };
  return { client: new PrometheusClient({ fetch: fake, ...options }), asked };
}

/** A response with Prometheus' error. */
export function failure(errorType: string, error: string, status = 400): Response {
  return Response.json({ status: "error", errorType, error }, { status });
}

/** The data of a range query's answer: by labels, values at seconds. */
export function matrix(
  ...series: readonly (readonly [Record<string, string>, readonly (readonly [number, string])[]])[]
): unknown {
  return {
    resultType: "matrix",
    result: series.map(([metric, values]) => ({ metric, values })),
  };
}
