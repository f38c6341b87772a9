/**
 * A call of grpc-js's server, as the rest of `rpc/` wants it.
 *
 * grpc-js answers some calls by itself, below its interceptors: a deadline that passes, a message
 * that is too large or cannot be decompressed, a bad `grpc-timeout`. It does so by its call's own
 * `sendStatus`, so this puts itself in place of that method instead of using the hooks.
 *
 * @module
 */
import type { ServerInterceptingCallInterface } from "@grpc/grpc-js";
import { Metadata } from "../metadata.ts";
import { Status, type StatusName, statusName } from "../status.ts";
import type { AcceptCall, ServerWire, ServerWireListener } from "../wire.ts";
import type { Metadata as GrpcMetadata } from "./load.ts";
import { fromGrpc, toGrpc } from "./metadata.ts";

type PartialStatusObject = Parameters<ServerInterceptingCallInterface["sendStatus"]>[0];

/** A caller gives up at its deadline, which it reaches before us; so much earlier is still "at". */
const DEADLINE_TOLERANCE_MS = 10;

/** What we use of grpc-js's `BaseServerInterceptingCall` beyond its interface. */
interface BaseCall extends ServerInterceptingCallInterface {
  readonly stream: { readonly rstCode?: number; readonly aborted?: boolean };
}

/** One call. */
export class GrpcJsServerWire implements ServerWire {
  readonly path: string;
  readonly deadline: number | undefined;
  readonly #call: BaseCall;
  readonly #sendStatus: (status: PartialStatusObject) => void;
  #received: GrpcMetadata | undefined;
  #metadata: Metadata | undefined;
  #listener: ServerWireListener | undefined;
  #status: PartialStatusObject | undefined;
  #ending = false;

  constructor(path: string, call: ServerInterceptingCallInterface) {
    this.path = path;
    this.#call = call as BaseCall;
    const deadline = Number(call.getDeadline());
    this.deadline = deadline === Infinity ? undefined : deadline;
    this.#sendStatus = call.sendStatus;
    call.sendStatus = (status) => this.#answeredBelow(status);
  }

  get metadata(): Metadata {
    return this.#metadata ??= this.#received ? fromGrpc(this.#received) : new Metadata();
  }

  get peer(): string {
    return this.#call.getPeer();
  }

  /** Lets the call begin. A caller that has gone already is not heard of. */
  start(accept: AcceptCall): void {
    this.#call.start({
      onReceiveMetadata: (metadata) => {
        this.#received = metadata;
        this.#listener = accept(this);
        this.#listener.begin();
      },
      onReceiveMessage: (bytes) => this.#listener?.message(bytes),
      onReceiveHalfClose: () => this.#listener?.endOfMessages(),
      onCancel: () => this.#over(),
    });
  }

  read(): void {
    this.#call.startRead();
  }

  sendHeaders(headers: Metadata): void {
    this.#call.sendMetadata(toGrpc(headers));
  }

  sendMessage(bytes: Uint8Array, sent: () => void = NOTHING): void {
    this.#call.sendMessage(bytes, sent);
  }

  end(code: StatusName, message: string, trailers: Metadata | undefined): void {
    this.#ending = true;
    const metadata = trailers === undefined ? null : toGrpc(trailers);
    this.#status = { code: Status[code], details: message, metadata };
    this.#sendStatus.call(this.#call, this.#status);
  }

  /** grpc-js sends a status: its own, or once more after ours. */
  #answeredBelow(status: PartialStatusObject): void {
    if (!this.#ending) {
      this.#status ??= status;
      this.#listener?.abandoned(
        status.code === Status.DEADLINE_EXCEEDED ? "deadline" : "transport",
      );
    }
    this.#sendStatus.call(this.#call, status);
  }

  /** grpc-js calls every finished call cancelled: after the status went out, or when it cannot any more. */
  #over(): void {
    const { rstCode = 0, aborted = false } = this.#call.stream;
    if (this.#status !== undefined && rstCode === 0 && !aborted) {
      return this.#listener?.over(statusName(this.#status.code ?? Status.UNKNOWN));
    }
    const isLate = this.deadline !== undefined &&
      Date.now() >= this.deadline - DEADLINE_TOLERANCE_MS;
    this.#listener?.abandoned(isLate ? "deadline" : "cancelled");
    this.#listener?.over(isLate ? "DEADLINE_EXCEEDED" : "CANCELLED");
  }
}

const NOTHING = () => {};
