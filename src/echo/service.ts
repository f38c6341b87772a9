/**
 * The echo service: the one folder that you replace by a service of your own.
 * `echo.ts` answers the calls; the types come from `proto/foo.proto` by `deno task proto`.
 *
 * @module
 */
import proto from "../../proto/foo.proto" with { type: "text" };
import { loadService, type Service } from "../rpc/service.ts";
import type { FooDefinition, FooHandlers } from "./generated/foo/Foo.ts";

/** The service `foo.Foo` of `proto/foo.proto`. */
export const foo: Service<FooHandlers, FooDefinition> = loadService(proto, "foo.Foo");
