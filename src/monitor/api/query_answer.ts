import type { Evaluation } from "../promql/engine.ts";
import type { QueryResult } from "../promql/value.ts";
import type { Answer } from "./endpoint.ts";
import { queryFailure } from "./failure.ts";
import type { Form } from "./form.ts";
import { safeJson } from "./json_text.ts";
import { truncate, TRUNCATED } from "./parameters.ts";
import { resultJson } from "./result_json.ts";

/** Runs a query and tells its result, at most `limit` series of it. Throws an ApiError. */
export async function evaluate(
  run: () => Promise<Evaluation>,
  { form, limit }: { readonly form: Form; readonly limit: number },
): Promise<Answer> {
  const began = performance.now();
  let evaluation: Evaluation;
  try {
    evaluation = await run();
  } catch (error) {
    throw queryFailure(error);
  }
  const { result, isTruncated } = truncateResult(evaluation.result, limit);
  const stats = form.get("stats") === ""
    ? ""
    : statsJson(evaluation, (performance.now() - began) / 1000);
  return {
    data: queryDataJson(result, stats),
    warnings: isTruncated ? [...evaluation.warnings, TRUNCATED] : evaluation.warnings,
    infos: evaluation.infos,
  };
}

function truncateResult(
  result: QueryResult,
  limit: number,
): { readonly result: QueryResult; readonly isTruncated: boolean } {
  switch (result.type) {
    case "vector": {
      const { kept, warnings } = truncate(result.samples, limit);
      return { result: { ...result, samples: kept }, isTruncated: warnings.length > 0 };
    }
    case "matrix": {
      const { kept, warnings } = truncate(result.series, limit);
      return { result: { ...result, series: kept }, isTruncated: warnings.length > 0 };
    }
    default:
      return { result, isTruncated: false };
  }
}

function* queryDataJson(result: QueryResult, stats: string): Generator<string> {
  yield "{";
  yield* resultJson(result);
  yield `${stats}}`;
}

/** We know how long it took as a whole, in seconds, not how long each stage did. */
function statsJson({ samples }: Evaluation, seconds: number): string {
  const stats = {
    timings: {
      evalTotalTime: seconds,
      resultSortTime: 0,
      queryPreparationTime: 0,
      innerEvalTime: seconds,
      execQueueTime: 0,
      execTotalTime: seconds,
    },
    samples: { totalQueryableSamples: samples.total, peakSamples: samples.peak },
  };
  return `,"stats":${safeJson(stats)}`;
}
