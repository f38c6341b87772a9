/** How calls end by what the handler does. */
import { hello, testOutcomes } from "../testing/outcomes.ts";
import { Metadata } from "./metadata.ts";
import { RpcError } from "./status.ts";

testOutcomes([
  { title: "the handler replies", seen: "OK", told: ["received 7", "sent 7", "finished OK"] },
  {
    title: "the handler throws",
    work: () => {
      throw new TypeError("a bug");
    },
    seen: "INTERNAL",
    told: ["received 7", "finished INTERNAL"],
  },
  {
    title: "the handler rejects with a status and trailers",
    work: () =>
      Promise.reject(
        new RpcError("NOT_FOUND", "no ü \ud800", { trailers: new Metadata({ "x-why": "gone" }) }),
      ),
    seen: "NOT_FOUND",
    told: ["received 7", "finished NOT_FOUND"],
  },
  {
    title: "the reply cannot be encoded",
    work: () => undefined,
    seen: "INTERNAL",
    told: ["received 7", "finished INTERNAL"],
  },
  {
    title: "the reply is too large",
    limits: { maxSendMessageBytes: 6 },
    seen: "RESOURCE_EXHAUSTED",
    told: ["received 7", "finished RESOURCE_EXHAUSTED"],
  },
  {
    title: "the headers cannot be sent",
    work: ({ responseHeaders }) => {
      responseHeaders.set("connection", "close");
      return hello();
    },
    seen: "INTERNAL",
    told: ["received 7", "finished INTERNAL"],
  },
  {
    title: "the trailers cannot be sent after a reply",
    work: ({ responseTrailers }) => {
      responseTrailers.set("connection", "close");
      return hello();
    },
    seen: "INTERNAL",
    told: ["received 7", "sent 7", "finished INTERNAL"],
  },
  {
    title: "the trailers of an error cannot be sent",
    work: () => {
      throw new RpcError("ABORTED", "", { trailers: new Metadata({ connection: "close" }) });
    },
    seen: "INTERNAL",
    told: ["received 7", "finished INTERNAL"],
  },
  {
    title: "the trailers are too large",
    work: () => {
      throw new RpcError("ABORTED", "", { trailers: new Metadata({ x: "x".repeat(100_000) }) });
    },
    seen: "INTERNAL",
    told: ["received 7", "finished INTERNAL"],
  },
  {
    title: "the status message is too large for HTTP/2",
    work: () => {
      throw new RpcError("ABORTED", "ü".repeat(100_000));
    },
    seen: "ABORTED",
    told: ["received 7", "finished ABORTED"],
  },
  {
    title: "the trailers of an upstream's error name another status",
    work: () => {
      const trailers = new Metadata({ "grpc-status": "0", "content-type": "x" });
      throw new RpcError("ABORTED", "", { trailers });
    },
    seen: "ABORTED",
    told: ["received 7", "finished ABORTED"],
  },
]);
