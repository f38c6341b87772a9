/** How calls end by their deadline. */
import { never, testOutcomes, untilStopped } from "../testing/outcomes.ts";

testOutcomes([
  {
    title: "the deadline passes while the handler runs",
    work: never,
    call: { headers: { "grpc-timeout": "30m" } },
    seen: "DEADLINE_EXCEEDED",
    told: ["received 7", "finished DEADLINE_EXCEEDED"],
  },
  {
    title: "the handler replies after the deadline",
    work: untilStopped,
    call: { headers: { "grpc-timeout": "30m" } },
    seen: "DEADLINE_EXCEEDED",
    told: ["received 7", "finished DEADLINE_EXCEEDED"],
  },
  {
    title: "the deadline passes while the peer takes no reply",
    work: () => ({ text: "x".repeat(200_000) }),
    call: { headers: { "grpc-timeout": "50m" }, reads: false },
    seen: "nothing",
    told: ["received 7", "finished DEADLINE_EXCEEDED"],
  },
  {
    title: "grpc-timeout is not one",
    call: { headers: { "grpc-timeout": "soon" } },
    seen: "INTERNAL",
    told: ["finished INTERNAL"],
  },
  {
    title: "grpc-timeout is zero",
    call: { headers: { "grpc-timeout": "0S" }, body: [], end: false },
    seen: "DEADLINE_EXCEEDED",
    told: ["finished DEADLINE_EXCEEDED"],
  },
  {
    title: "grpc-timeout is the longest there is",
    call: { headers: { "grpc-timeout": "99999999H" } },
    seen: "OK",
    told: ["received 7", "sent 7", "finished OK"],
  },
  {
    title: "grpc-timeout is a month, more than 32 bits of milliseconds",
    call: { headers: { "grpc-timeout": "2592000S" } },
    seen: "OK",
    told: ["received 7", "sent 7", "finished OK"],
  },
]);
