/** The API of a real Prometheus at our own address. */
import { Buffer } from "node:buffer";
import type { Logger } from "../../logging/logger.ts";
import type { Route } from "../../ops/server.ts";
import { endpointRoute } from "./endpoints.ts";
import { ApiError } from "./failure.ts";
import { readBody } from "./form.ts";
import { respondError } from "./respond.ts";

/** Options of {@linkcode proxyRoutes}. */
export interface ProxyOptions {
  /** Of the Prometheus; it may have a prefix as its path, and a user and a password. */
  readonly url: URL;
  readonly log: Logger;
  /** How long an answer may take, from the request to its last byte, in milliseconds. */
  readonly timeoutMs: number;
}

/** What of a client's headers is for Prometheus. Its cookies and credentials are not. */
const REQUEST_HEADERS = ["accept", "content-type"];
/** What of an answer's headers is for the client. Its encoding is undone on the way. */
const RESPONSE_HEADERS = ["content-type"];

/**
 * Routes that ask a Prometheus what our own API would answer; nothing that writes is passed on. Its
 * answers come as they are. Where there is none the client gets 502, or 504 after `timeoutMs`.
 */
export function proxyRoutes({ url, log, timeoutMs }: ProxyOptions): Route[] {
  const upstream = new Upstream(url, timeoutMs);
  return [endpointRoute(
    `the HTTP API of the Prometheus at ${upstream.name}`,
    async (_, request, { pathname, search }) => {
      try {
        return await upstream.ask(request, pathname + search);
      } catch (error) {
        const failure = upstream.failureOf(error, request);
        if (failure.type !== "canceled") log.warn("Prometheus gave no answer", { error });
        return respondError(failure);
      }
    },
  )];
}

class Upstream {
  /** Its address without credentials. */
  readonly name: string;
  readonly #authorization: string | undefined;
  readonly #timeoutMs: number;

  constructor({ origin, pathname, username, password }: URL, timeoutMs: number) {
    this.name = origin + pathname.replace(/\/+$/, "");
    this.#timeoutMs = timeoutMs;
    if (username === "" && password === "") return;
    const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    this.#authorization = `Basic ${Buffer.from(credentials).toString("base64")}`;
  }

  async ask(request: Request, path: string): Promise<Response> {
    const headers = chosen(request.headers, REQUEST_HEADERS);
    if (this.#authorization !== undefined) headers.set("authorization", this.#authorization);
    const isPost = request.method === "POST";
    const response = await fetch(this.name + path, {
      method: isPost ? "POST" : "GET",
      headers,
      body: isPost ? await readBody(request) : null,
      redirect: "manual",
      signal: AbortSignal.any([request.signal, AbortSignal.timeout(this.#timeoutMs)]),
    });
    const { status } = response;
    if (status >= 300 && status < 400) {
      await response.body?.cancel();
      throw new ApiError(
        "unavailable",
        `Prometheus at ${this.name} redirects to ${response.headers.get("location")}: ` +
          "give the address at which it answers itself",
      );
    }
    const isHead = request.method === "HEAD";
    if (isHead) await response.body?.cancel();
    return new Response(isHead ? null : response.body, {
      status,
      headers: chosen(response.headers, RESPONSE_HEADERS),
    });
  }

  failureOf(error: unknown, { signal }: Request): ApiError {
    if (error instanceof ApiError) return error;
    if (signal.aborted) return new ApiError("canceled", "the client has gone", { cause: error });
    if (error instanceof DOMException && error.name === "TimeoutError") {
      return new ApiError(
        "timeout",
        `Prometheus at ${this.name} has not answered within ${this.#timeoutMs / 1000} s`,
        { cause: error, status: 504 },
      );
    }
    return new ApiError("unavailable", `Prometheus at ${this.name} cannot be reached`, {
      cause: error,
    });
  }
}

function chosen(headers: Headers, names: readonly string[]): Headers {
  const kept = new Headers();
  for (const name of names) {
    const value = headers.get(name);
    if (value !== null) kept.set(name, value);
  }
  return kept;
}
