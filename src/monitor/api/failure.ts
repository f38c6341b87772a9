import { QueryError, type QueryErrorType } from "../promql/errors.ts";

/** `errorType` of an answer. */
export type ApiErrorType = QueryErrorType | "internal" | "unavailable";

const STATUS: Readonly<Record<ApiErrorType, number>> = {
  "bad_data": 400,
  execution: 422,
  // As nginx does where the client has gone: nobody reads it.
  canceled: 499,
  internal: 500,
  // Only a Prometheus behind us can be.
  unavailable: 502,
  timeout: 503,
};

/** A request that cannot be answered; what the API says then. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  /** The status of HTTP. */
  readonly status: number;

  /** `status` follows from `type` where it is not given. */
  constructor(
    readonly type: ApiErrorType,
    message: string,
    options: ErrorOptions & { readonly status?: number } = {},
  ) {
    super(message, options);
    this.status = options.status ?? STATUS[type];
  }
}

/** A parameter that is not what it should be; `reason` may be the error that says so. */
export function invalidParameter(name: string, reason: unknown): ApiError {
  const text = reason instanceof Error ? reason.message : String(reason);
  return new ApiError("bad_data", `invalid parameter "${name}": ${text}`);
}

/** What went wrong, as the API says it: queries that are not PromQL are parameters that are wrong. */
export function queryFailure(error: unknown): unknown {
  if (!(error instanceof QueryError)) return error;
  return error.type === "bad_data"
    ? invalidParameter("query", error)
    : new ApiError(error.type, error.message, { cause: error });
}
