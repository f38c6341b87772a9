/**
 * How each call ended, as the peer saw it.
 *
 * grpc-js answers some calls below its interceptors: a deadline that passes, a message that is too
 * large or cannot be decompressed, a bad `grpc-timeout`. It does so by its call's own `sendStatus`,
 * so this puts itself in place of that method instead of using the interceptor's hooks.
 *
 * @module
 */
import type { ServerInterceptingCallInterface, ServerInterceptor } from "@grpc/grpc-js";
import { Status, type StatusName, statusName } from "./status.ts";

/** Makes an interceptor that reports every call once, by its path and status. */
export function outcomes(onEnd: (path: string, code: StatusName) => void): ServerInterceptor {
  function intercept(
    method: { path: string },
    call: ServerInterceptingCallInterface,
  ): ServerInterceptingCallInterface {
    let ended = false;
    function end(code: number): void {
      if (ended) return;
      ended = true;
      onEnd(method.path, statusName(code));
    }
    const sendStatus = call.sendStatus.bind(call);
    const start = call.start.bind(call);
    call.sendStatus = (status) => {
      end(status.code ?? Status.UNKNOWN);
      sendStatus(status);
    };
    call.start = (listener) =>
      start({
        onReceiveMetadata: (metadata) => listener.onReceiveMetadata(metadata),
        onReceiveMessage: (message) => listener.onReceiveMessage(message),
        onReceiveHalfClose: () => listener.onReceiveHalfClose(),
        onCancel() {
          // This comes for every call; for one without a status it means that the peer has gone.
          end(Status.CANCELLED);
          listener.onCancel();
        },
      });
    return call;
  }
  // The type asks for grpc-js's own class, its code for the interface.
  return intercept as unknown as ServerInterceptor;
}
