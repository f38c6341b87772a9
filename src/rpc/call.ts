/**
 * One call on its way through the server: the context that its handler sees, and the moment it ends.
 *
 * @module
 */
import type { ServerUnaryCall } from "./grpc_js.ts";
import type { CallContext } from "./handler.ts";
import { Metadata } from "./metadata.ts";

/** The context of a grpc-js call. Its signal costs nothing until a handler asks for it. */
export class ServerCall implements CallContext {
  readonly path: string;
  readonly deadline: number | undefined;
  readonly #call: ServerUnaryCall<Uint8Array, Uint8Array>;
  #metadata: Metadata | undefined;
  #abort: AbortController | undefined;
  #ended: "no" | "answered" | "abandoned" = "no";

  constructor(path: string, call: ServerUnaryCall<Uint8Array, Uint8Array>) {
    this.path = path;
    this.#call = call;
    const deadline = call.getDeadline();
    this.deadline = deadline === Infinity ? undefined : Number(deadline);
    // grpc-js says "cancelled" of every finished call: only the one that comes first counts.
    call.once("cancelled", () => {
      if (this.#ended !== "no") return;
      this.#ended = "abandoned";
      this.#abort?.abort(this.#reason());
    });
  }

  get metadata(): Metadata {
    return this.#metadata ??= fromGrpc(this.#call.metadata);
  }

  get peer(): string {
    return this.#call.getPeer();
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController();
      if (this.#ended === "abandoned") this.#abort.abort(this.#reason());
    }
    return this.#abort.signal;
  }

  /** Marks the call as answered; says false when nobody waits for the answer any more. */
  answer(): boolean {
    if (this.#ended !== "no") return false;
    this.#ended = "answered";
    return true;
  }

  #reason(): DOMException {
    return this.deadline !== undefined && Date.now() >= this.deadline
      ? new DOMException("The call's deadline has passed", "TimeoutError")
      : new DOMException("The caller has gone or cancelled the call", "AbortError");
  }
}

function fromGrpc(from: ServerUnaryCall<Uint8Array, Uint8Array>["metadata"]): Metadata {
  const metadata = new Metadata();
  for (const [key, values] of Object.entries(from.toJSON())) {
    for (const value of values) metadata.append(key, value);
  }
  return metadata;
}
