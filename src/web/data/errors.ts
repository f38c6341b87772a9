/** Who failed: the way to Prometheus, something on that way that answered instead, or Prometheus. */
export type AskErrorKind = "network" | "http" | "prometheus";

/** Why there is no answer, in words for people that say what to do. */
export class AskError extends Error {
  override readonly name = "AskError";
  readonly kind: AskErrorKind;
  /** `errorType` of Prometheus: `bad_data`, `execution`, `timeout` … */
  readonly type: string | undefined;
  /** What Prometheus said itself. */
  readonly detail: string;

  constructor(
    kind: AskErrorKind,
    message: string,
    { type, detail = "", cause }: { type?: string; detail?: string; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.type = type;
    this.detail = detail;
  }
}

/** Whether an error only says that nobody waits for the answer any more. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** The connection failed, or nothing came over it for `seconds`. */
export function networkError(cause: unknown, seconds?: number): AskError {
  const what = seconds === undefined
    ? "Prometheus cannot be reached"
    : `Prometheus cannot be reached: no answer within ${seconds} s`;
  return new AskError(
    "network",
    `${what}. Check that the server runs and that the network works; the next refresh tries again.`,
    { cause },
  );
}

/** An answer that is not the API's JSON. */
export function httpError(status: number, statusText: string, body: string): AskError {
  const said = body.startsWith("<") ? "" : body.trim().slice(0, 200);
  const answer = `${status} ${statusText}`.trim();
  const advice = status === 404
    ? "This server has no Prometheus API: start it with --monitor or --prometheus-url."
    : status === 401 || status === 403
    ? "Sign in where the page comes from, then load it again."
    : "Something between the page and Prometheus may have answered: look at its log.";
  return new AskError(
    "http",
    `Instead of Prometheus' JSON came ${answer}${said === "" ? "" : `: ${said}`}. ${advice}`,
    { detail: said },
  );
}

const ADVICE: Readonly<Record<string, string>> = {
  "bad_data": "Prometheus does not take this query",
  execution: "Prometheus cannot answer this query",
  timeout: "The query took too long; ask for a shorter time or for fewer series",
  canceled: "Prometheus gave the query up; ask again",
  unavailable: "Prometheus is not ready yet; the next refresh tries again",
  internal: "Prometheus failed; its log says more",
  "not_found": "Prometheus has nothing there",
};

/** What Prometheus answered instead of a result. */
export function prometheusError(type: string, detail: string): AskError {
  const said = detail.replace(/^invalid parameter "[^"]*": /, "");
  return new AskError("prometheus", `${ADVICE[type] ?? `Prometheus answered ${type}`}: ${said}`, {
    type,
    detail: said,
  });
}
