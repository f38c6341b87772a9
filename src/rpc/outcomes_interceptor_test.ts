/** How calls end by what interceptors do. */
import { never, testOutcomes } from "../testing/outcomes.ts";
import { SINGLE_REQUEST } from "../testing/talker.ts";
import { RpcError } from "./status.ts";

testOutcomes([
  {
    title: "an interceptor ends the call",
    work: never,
    interceptors: [{
      started: (call) => void setTimeout(() => call.end(new RpcError("ABORTED", ""))),
    }],
    seen: "ABORTED",
    told: ["received 7", "finished ABORTED"],
  },
  {
    title: "an interceptor refuses the call",
    interceptors: [{
      admit: () => {
        throw new RpcError("RESOURCE_EXHAUSTED", "busy");
      },
    }],
    seen: "RESOURCE_EXHAUSTED",
    told: ["finished RESOURCE_EXHAUSTED"],
  },
  {
    title: "an interceptor refuses the call after a while",
    interceptors: [{ admit: () => Promise.reject(new RpcError("UNAUTHENTICATED", "who?")) }],
    seen: "UNAUTHENTICATED",
    told: ["finished UNAUTHENTICATED"],
  },
  {
    title: "an interceptor breaks around the handler",
    methods: SINGLE_REQUEST,
    interceptors: [{
      around: () => {
        throw new TypeError("a bug");
      },
    }],
    seen: "INTERNAL",
    told: ["received 7", "finished INTERNAL"],
  },
  {
    title: "an interceptor breaks before any request",
    methods: ["gather", "chat"],
    interceptors: [{
      around: () => {
        throw new TypeError("a bug");
      },
    }],
    seen: "INTERNAL",
    told: ["finished INTERNAL"],
  },
]);
