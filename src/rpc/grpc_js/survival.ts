/**
 * Workaround: keeps the process alive when a peer makes node:http2 throw where nobody can catch it.
 *
 * **What goes wrong**: a peer that opens a stream and breaks it in the same breath (HEADERS, then a
 * GOAWAY with an error, or a malformed frame) has the stream destroyed before grpc-js hears of it.
 * Where the request is no gRPC call by its content-type, or names no known method, grpc-js answers
 * without looking; node:http2 of Deno throws ERR_HTTP2_INVALID_STREAM into an event that nobody
 * called, and the process exits with status 1. Whoever can connect can do it.
 *
 * **Proof**: `survival_test.ts` sends those frames, and runs h2spec, which meets the same fault.
 *
 * **Delete this file** when the test "… (the fault is still there)" fails on a newer Deno or
 * grpc-js, or when another transport takes their place.
 *
 * @module
 */

/** Options of {@linkcode surviveTransportErrors}. */
export interface SurvivalOptions {
  /** Called with every error that was survived, to log and to count it. */
  readonly onError: (error: Error) => void;
  /** Ends the survival. */
  readonly signal?: AbortSignal;
}

/**
 * From now on errors that escape from the HTTP/2 transport do not end the process; all others do,
 * as before. Lasts until the signal aborts or the returned value is disposed of.
 */
export function surviveTransportErrors({ onError, signal }: SurvivalOptions): Disposable {
  function survive(event: Event, error: unknown): void {
    if (!isTransportError(error)) return;
    event.preventDefault();
    onError(error);
  }
  const onThrown = (event: ErrorEvent) => survive(event, event.error);
  const onRejected = (event: PromiseRejectionEvent) => survive(event, event.reason);

  function stop(): void {
    globalThis.removeEventListener("error", onThrown);
    globalThis.removeEventListener("unhandledrejection", onRejected);
    signal?.removeEventListener("abort", stop);
  }
  if (!signal?.aborted) {
    globalThis.addEventListener("error", onThrown);
    globalThis.addEventListener("unhandledrejection", onRejected);
    signal?.addEventListener("abort", stop);
  }
  return { [Symbol.dispose]: stop };
}

/** What node:http2 says of a stream or session that the peer, or its loss, has ended meanwhile. */
const endedByPeer: ReadonlySet<unknown> = new Set([
  "ERR_HTTP2_ERROR",
  "ERR_HTTP2_GOAWAY_SESSION",
  "ERR_HTTP2_INVALID_SESSION",
  "ERR_HTTP2_INVALID_STREAM",
  "ERR_HTTP2_SESSION_ERROR",
  "ERR_HTTP2_SOCKET_UNBOUND",
  "ERR_HTTP2_STREAM_CANCEL",
  "ERR_HTTP2_STREAM_ERROR",
  "ERR_HTTP2_TRAILERS_NOT_READY",
]);

const http2Frame = /\b(?:ext:deno_node\/http2\.ts|node:http2)\b/;
const tlsFrame = /\bext:deno_node\/internal_binding\/tls_wrap\.ts\b/;
const grpcFrame = "/@grpc/grpc-js/";
const runtimeFrame = /(?:^|[\s(])(?:ext|node|deno):/;
/**
 * Our own files that stand between node:http2 and its socket, and so appear on its stacks. In a
 * bundle they, grpc-js and the application are one file: there, what the error says must do.
 */
const isBundled = !import.meta.url.endsWith("/survival.ts");
const wrappers = isBundled
  ? [import.meta.url]
  : ["http2_guard.ts", "socket.ts"].map((name) => new URL(name, import.meta.url).href);

/**
 * Whether `error` escaped from the transport while no code of the application was running. Both
 * must hold: the error says that the peer ended a stream or session, or is a TypeError that
 * node:http2 itself raised (it uses what such an end has cleared); and of the functions on the
 * stack at least one is node:http2's or grpc-js's and none is from anywhere but these, the runtime
 * and the workarounds beside this file. An error without a stack is not one of them. What node:tls
 * itself raised, called by the runtime alone, is one: a peer's alert.
 */
export function isTransportError(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  // An alert that ends a connection after its handshake, told to nobody.
  if (tlsFrame.test(frames[0] ?? "")) return frames.every((frame) => runtimeFrame.test(frame));
  const raisedByHttp2 = http2Frame.test(frames[0] ?? "");
  const ended = endedByPeer.has((error as { code?: unknown }).code);
  if (!ended && !(error instanceof TypeError && raisedByHttp2)) return false;
  const isHttp2 = (frame: string) => http2Frame.test(frame) || frame.includes(grpcFrame);
  return frames.some(isHttp2) &&
    frames.every((frame) =>
      isHttp2(frame) || runtimeFrame.test(frame) || wrappers.some((file) => frame.includes(file))
    );
}
