import { ListenError } from "../net/listen_error.ts";
import { Failure } from "./command.ts";

/** Starts what listens; where it cannot, the person is told which flag and variable to change. */
export async function withAdvice<T>(settings: string, start: () => T | Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    throw new Failure(`${error.message}; change it with ${settings}`, { cause: error });
  }
}
