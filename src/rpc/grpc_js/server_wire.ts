/**
 * A call of grpc-js's server, as the rest of `rpc/` wants it.
 *
 * grpc-js answers some calls by itself, below its interceptors: a deadline that passes, a message
 * that is too large or cannot be decompressed, a bad `grpc-timeout`. It does so by its call's own
 * `sendStatus`, so this puts itself in place of that method instead of using the hooks.
 *
 * It decompresses requests and does not say which, so this takes note as they pass. It cannot compress
 * replies.
 *
 * @module
 */
import type { ServerInterceptingCallInterface } from "@grpc/grpc-js";
import { Metadata } from "../metadata.ts";
import { fittingMessage } from "../reply_rules.ts";
import { Status, type StatusName, statusName } from "../status.ts";
import type { AcceptCall, ServerWire, ServerWireListener } from "../wire.ts";
import { sendingOn, sentOn } from "./connection_limits.ts";
import type { Metadata as GrpcMetadata } from "./load.ts";
import { fromGrpc } from "./metadata.ts";
import { replyMetadata } from "./reply_metadata.ts";

type PartialStatusObject = Parameters<ServerInterceptingCallInterface["sendStatus"]>[0];

/** A caller gives up at its deadline, which it reaches before us; so much earlier is still "at". */
const DEADLINE_TOLERANCE_MS = 10;

/** HTTP/2's error code CANCEL. */
const CANCEL = 8;

/** What we use of grpc-js's `BaseServerInterceptingCall` beyond its interface. */
interface BaseCall extends ServerInterceptingCallInterface {
  readonly stream: {
    readonly session?: object;
    readonly rstCode?: number;
    readonly aborted?: boolean;
    readonly closed: boolean;
    readonly destroyed: boolean;
    /** Bytes that wait for the caller to take what was sent before. */
    readonly writableLength: number;
    close(code: number): void;
    sendTrailers(trailers: Record<string, unknown>): void;
  };
  metadataSent: boolean;
  /** Called for each message when it has come, in order; `encoding` is `identity` for a plain one. */
  decompressMessage(message: Uint8Array, encoding: string): unknown;
}

/** One call. */
export class GrpcJsServerWire implements ServerWire {
  readonly path: string;
  readonly deadline: number | undefined;
  isRequestCompressed = false;
  readonly #call: BaseCall;
  readonly #sendStatus: (status: PartialStatusObject) => void;
  #received: GrpcMetadata | undefined;
  #metadata: Metadata | undefined;
  #peer: string | undefined;
  #listener: ServerWireListener | undefined;
  #status: PartialStatusObject | undefined;
  #ending = false;
  #session: object | undefined;
  /** For each message that has come and was not told of: whether it was compressed. */
  readonly #compressed: boolean[] = [];

  constructor(path: string, call: ServerInterceptingCallInterface) {
    this.path = path;
    this.#call = call as BaseCall;
    const deadline = Number(call.getDeadline());
    this.deadline = deadline === Infinity ? undefined : deadline;
    this.#sendStatus = call.sendStatus;
    call.sendStatus = (status) => this.#answeredBelow(status);
    const { decompressMessage } = this.#call;
    this.#call.decompressMessage = (message, encoding) => {
      this.#compressed.push(encoding !== "identity");
      return decompressMessage.call(this.#call, message, encoding);
    };
  }

  get carriesTrace(): boolean {
    return this.metadata.get("traceparent") !== undefined;
  }

  get metadata(): Metadata {
    return this.#metadata ??= this.#received ? fromGrpc(this.#received) : new Metadata();
  }

  get peer(): string {
    return this.#peer ?? "unknown";
  }

  get compressReplies(): boolean {
    return false;
  }

  /** Without effect: replies go as they are. */
  set compressReplies(_: boolean) {}

  /** Lets the call begin. A caller that has gone already is not heard of. */
  start(accept: AcceptCall): void {
    this.#call.start({
      onReceiveMetadata: (metadata) => {
        this.#received = metadata;
        // Kept, since grpc-js forgets it when the call is over.
        this.#peer = this.#call.getPeer();
        this.#listener = accept(this);
        this.#listener.begin();
      },
      onReceiveMessage: (bytes) => {
        this.isRequestCompressed = this.#compressed.shift() === true;
        this.#listener?.message(bytes);
      },
      onReceiveHalfClose: () => this.#halfClosed(),
      onCancel: () => this.#over(),
    });
  }

  read(): void {
    this.#call.startRead();
  }

  sendHeaders(headers: Metadata): void {
    const metadata = replyMetadata(headers);
    try {
      this.#call.sendMetadata(metadata);
    } catch (error) {
      this.#call.metadataSent = false;
      throw error;
    }
  }

  sendMessage(bytes: Uint8Array, done: () => void): void {
    const session = this.#sending();
    this.#call.sendMessage(bytes, () => {
      sentOn(session, this);
      done();
    });
  }

  end(code: StatusName, message: string, trailers: Metadata | undefined): void {
    this.#sending();
    const metadata = trailers === undefined ? null : replyMetadata(trailers);
    this.#status = { code: Status[code], details: fittingMessage(message), metadata };
    this.#ending = true;
    if (trailers !== undefined) this.#guardTrailers();
    if (code === "DEADLINE_EXCEEDED" && this.#isHeldBack()) return this.#call.stream.close(CANCEL);
    this.#sendStatus.call(this.#call, this.#status);
  }

  /** The session, which a stream that is gone has lost. */
  #sending(): object | undefined {
    this.#session ??= this.#call.stream.session;
    sendingOn(this.#session, this);
    return this.#session;
  }

  /** node:http2 ends what it has to give up, too; a broken upload must not pass for a whole one. */
  #halfClosed(): void {
    if (!this.#call.stream.aborted) this.#listener?.endOfMessages();
  }

  /** Trailers go out after the last message, where nobody would catch what they make node:http2 throw. */
  #guardTrailers(): void {
    const { stream } = this.#call;
    const { sendTrailers } = stream;
    stream.sendTrailers = (trailers) => {
      try {
        sendTrailers.call(stream, trailers);
      } catch {
        this.#status = { code: Status.INTERNAL, details: "Cannot send the trailers" };
        const { code, details } = this.#status;
        sendTrailers.call(stream, { "grpc-status": code, "grpc-message": details });
      }
    };
  }

  /** Whether the caller does not take what was sent: a status, which comes after it, would wait for ever. */
  #isHeldBack(): boolean {
    return this.#call.stream.writableLength > 0;
  }

  /** grpc-js sends a status: its own, or once more after ours. */
  #answeredBelow(status: PartialStatusObject): void {
    const { stream } = this.#call;
    const isGone = stream.destroyed || stream.closed;
    const isLate = status.code === Status.DEADLINE_EXCEEDED;
    if (!isGone && (!this.#ending || isLate)) {
      this.#status = status;
      this.#listener?.abandoned(isLate ? "deadline" : "transport");
      if (isLate && this.#isHeldBack()) return stream.close(CANCEL);
    }
    this.#sendStatus.call(this.#call, status);
  }

  /** grpc-js calls every finished call cancelled: after the status went out, or when it cannot any more. */
  #over(): void {
    sentOn(this.#session, this);
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
