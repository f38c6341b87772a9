/**
 * Workaround: keeps node:http2 of Deno 2.9.4 to 2.9.6 from freeing a session that is in use.
 *
 * **What goes wrong** (denoland/deno#36788): a peer's GOAWAY makes node:http2 destroy the session
 * from inside the native `receive()` that is still parsing the frame. The native half means to put
 * such a destroy off, but its flag for that has no effect in the release binary, so memory in use
 * is freed: SIGABRT or SIGSEGV. Whoever can connect can do it, to servers and to clients.
 *
 * **Proof**: `http2_guard_test.ts` sends one GOAWAY while freed memory is overwritten
 * (`MALLOC_PERTURB_`): without the guard the process is killed, with it a call still succeeds.
 *
 * **Delete this file** when the test "… (the fault is still there)" fails on a newer Deno.
 *
 * @module
 */
import { noteArrival } from "../../net/turns.ts";
import http2 from "node:http2";
import { Duplex } from "node:stream";

/** The part of the native session handle that the guard relies on. */
interface NativeHandle {
  /** Parses what arrived. Calls JavaScript back. */
  receive(data: Uint8Array): void;
  /** The next frame for the socket, empty if there is none. Calls JavaScript back. */
  getOutgoingChunk(): Uint8Array;
  /** Shadowed, on a handle in use, by node:http2's own: writes every outgoing chunk to the socket. */
  sendPending(): void;
  destroy(...args: unknown[]): void;
  [guarded]?: Guarded;
}

/** What the guard knows of one handle. */
interface Guarded {
  /** Whether the native half is on the stack. */
  busy: boolean;
  /** Whether frames were held back. */
  unsent: boolean;
  /** Bytes that arrived while the native half was on the stack. */
  readonly received: Uint8Array[];
  /** The arguments of a `destroy()` that was put off. */
  destroy: unknown[] | undefined;
}

const guarded = Symbol("http2 guard");
const methods = ["receive", "getOutgoingChunk", "sendPending", "destroy"] as const;
let installed: "handle" | "none" | undefined;

/**
 * Installs the guard for the life of the process; call it before the first HTTP/2 session. Further
 * calls change nothing. Returns "handle" when native session handles are guarded, and "none" when
 * node:http2 looks unlike the releases that have the fault, so that nothing was changed.
 */
export function guardHttp2(): "handle" | "none" {
  return installed ??= install();
}

function install(): "handle" | "none" {
  const prototype = handlePrototype();
  if (prototype === undefined) return "none";
  deferDestroy(prototype);
  return "handle";
}

/** The prototype of every native session handle, reached through a session on a stream in memory. */
function handlePrototype(): NativeHandle | undefined {
  const nowhere = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  try {
    const session = http2.performServerHandshake(nowhere);
    try {
      return Object.getOwnPropertySymbols(session)
        .map((key) => Object.getPrototypeOf(Object(Reflect.get(session, key))))
        .find(isHandlePrototype);
    } finally {
      session.destroy();
    }
  } catch {
    nowhere.destroy();
    return undefined;
  }
}

function isHandlePrototype(value: unknown): value is NativeHandle {
  return typeof value === "object" && value !== null && methods.every((name) => {
    const property = Object.getOwnPropertyDescriptor(value, name);
    return typeof property?.value === "function" && property.writable === true;
  });
}

/**
 * nghttp2 must neither be entered again nor freed while one of its calls is on the stack. So then
 * `destroy()` is put off, sending does nothing and a nested `receive()` is queued; once the call
 * has returned, this is made up for: first frames, then bytes that arrived, then `destroy()`.
 */
function deferDestroy(prototype: NativeHandle): void {
  const { receive, getOutgoingChunk, sendPending, destroy } = prototype;

  function stateOf(handle: NativeHandle): Guarded {
    return handle[guarded] ??= { busy: false, unsent: false, received: [], destroy: undefined };
  }

  function destroyIfPutOff(handle: NativeHandle, state: Guarded): void {
    const args = state.destroy;
    if (args === undefined || state.busy) return;
    state.destroy = undefined;
    destroy.apply(handle, args);
  }

  prototype.receive = function (this: NativeHandle, data: Uint8Array): void {
    noteArrival();
    const state = stateOf(this);
    if (state.busy) {
      state.received.push(data);
      return;
    }
    for (let next: Uint8Array | undefined = data; next; next = state.received.shift()) {
      state.busy = true;
      try {
        receive.call(this, next);
      } finally {
        state.busy = false;
      }
      if (state.unsent) {
        state.unsent = false;
        this.sendPending();
      }
    }
    destroyIfPutOff(this, state);
  };

  prototype.getOutgoingChunk = function (this: NativeHandle): Uint8Array {
    const state = stateOf(this);
    if (state.busy) {
      state.unsent = true;
      return new Uint8Array();
    }
    state.busy = true;
    let chunk: Uint8Array;
    try {
      chunk = getOutgoingChunk.call(this);
    } finally {
      state.busy = false;
    }
    if (state.destroy !== undefined) {
      // The caller has yet to write this chunk, and asks again until there is none.
      if (chunk.byteLength === 0) destroyIfPutOff(this, state);
      else queueMicrotask(() => destroyIfPutOff(this, state));
    }
    return chunk;
  };

  prototype.sendPending = function (this: NativeHandle): void {
    const state = stateOf(this);
    if (state.busy) state.unsent = true;
    else sendPending.call(this);
  };

  prototype.destroy = function (this: NativeHandle, ...args: unknown[]): void {
    const state = stateOf(this);
    if (state.busy) state.destroy ??= args;
    else destroy.apply(this, args);
  };
}
