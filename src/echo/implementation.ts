import { implement, type Implementation } from "../rpc/server.ts";
import { echo } from "./echo.ts";
import { foo } from "./service.ts";

/** What the server serves. */
export const implementation: Implementation = implement(foo, { echo });
