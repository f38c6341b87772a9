import { assertEquals } from "@std/assert";
import { Metadata } from "../metadata.ts";
import {
  formatTraceparent,
  forwardTrace,
  parseTraceparent,
  parseTracestate,
  readTrace,
  writeTrace,
} from "./trace_context.ts";

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const SPAN = "b7ad6b7169203331";
const PARENT = `00-${TRACE}-${SPAN}-01`;

Deno.test("parseTraceparent() reads trace, span and the sampled flag", () => {
  const ids = { traceId: TRACE, spanId: SPAN };
  assertEquals(parseTraceparent(PARENT), { ...ids, sampled: true });
  assertEquals(parseTraceparent(`00-${TRACE}-${SPAN}-00`), { ...ids, sampled: false });
  assertEquals(parseTraceparent(` \t${PARENT}\t `), { ...ids, sampled: true });
});

Deno.test("parseTraceparent() takes no other flag for the sampled one", () => {
  const flags = { "02": false, "03": true, "08": false, "fe": false, "ff": true };
  for (const [bits, sampled] of Object.entries(flags)) {
    assertEquals(parseTraceparent(`00-${TRACE}-${SPAN}-${bits}`)?.sampled, sampled, bits);
  }
});

Deno.test("parseTraceparent() reads versions to come as far as it knows them", () => {
  for (const text of [`cc-${TRACE}-${SPAN}-01`, `cc-${TRACE}-${SPAN}-01-what-will-be`]) {
    assertEquals(parseTraceparent(text)?.traceId, TRACE, text);
  }
});

Deno.test("parseTraceparent() knows nothing of what is malformed", () => {
  const malformed = [
    "",
    "00",
    TRACE,
    `00-${TRACE}-${SPAN}`,
    `00-${TRACE}-${SPAN}-1`,
    `00-${TRACE}-${SPAN}-001`,
    `00-${TRACE}-${SPAN}-.0`,
    `00-${TRACE}-${SPAN}-01.`,
    `00-${TRACE}-${SPAN}-01-`,
    `00-${TRACE}-${SPAN}-01-what-will-be`,
    `cc-${TRACE}-${SPAN}-01.what-will-be`,
    `cc-${TRACE}-${SPAN}-0`,
    `ff-${TRACE}-${SPAN}-01`,
    `0-${TRACE}-${SPAN}-01`,
    `000-${TRACE}-${SPAN}-01`,
    `.0-${TRACE}-${SPAN}-01`,
    `00-${"0".repeat(32)}-${SPAN}-01`,
    `00-${TRACE}-${"0".repeat(16)}-01`,
    `00-${TRACE}0-${SPAN}-01`,
    `00-${TRACE.slice(1)}-${SPAN}-01`,
    `00-${TRACE}-${SPAN}0-01`,
    `00-${TRACE}-${SPAN.slice(1)}-01`,
    PARENT.toUpperCase(),
    `00-${TRACE.replace("a", "A")}-${SPAN}-01`,
    `00-${TRACE.replace("a", "g")}-${SPAN}-01`,
    `00_${TRACE}_${SPAN}_01`,
    `${PARENT}\n`,
    `${PARENT}, ${PARENT}`,
  ];
  for (const text of malformed) assertEquals(parseTraceparent(text), undefined, text);
});

Deno.test("formatTraceparent() writes what parseTraceparent() reads, in version 00", () => {
  const parent = parseTraceparent(`cc-${TRACE}-${SPAN}-ff-more`);
  assertEquals(parent && formatTraceparent(parent), PARENT);
  assertEquals(
    formatTraceparent({ traceId: TRACE, spanId: SPAN, sampled: false }),
    `00-${TRACE}-${SPAN}-00`,
  );
});

Deno.test("parseTracestate() joins values, and leaves out empty members and space around", () => {
  const cases: [string[], string | undefined][] = [
    [[], undefined],
    [[""], undefined],
    [[" , \t,"], undefined],
    [["foo=1"], "foo=1"],
    [["foo=1 \t , \t bar=2, \t baz=3"], "foo=1,bar=2,baz=3"],
    [["foo=1", "", "bar=2,,baz=3"], "foo=1,bar=2,baz=3"],
    [["foo= leading space counts "], "foo= leading space counts"],
    [["0a_-*/@b=!~", "tenant@system=x"], "0a_-*/@b=!~,tenant@system=x"],
  ];
  for (const [values, state] of cases) {
    assertEquals(parseTracestate(values), state, JSON.stringify(values));
  }
});

Deno.test("parseTracestate() keeps 32 members, keys and values of 256 characters, and no more", () => {
  const members = (count: number) => Array.from({ length: count }, (_, i) => `k${i}=1`).join();
  assertEquals(parseTracestate([members(32)]), members(32));
  assertEquals(parseTracestate([members(33)]), undefined);
  const longest = `${"k".repeat(256)}=${"v".repeat(256)}`;
  assertEquals(parseTracestate([longest]), longest);
  assertEquals(parseTracestate([`k${longest}`]), undefined);
  assertEquals(parseTracestate([`${longest}v`]), undefined);
});

Deno.test("parseTracestate() drops the whole list for one bad member", () => {
  const bad = ["foo", "foo=", "=1", "foo =1", "FOO=1", "foo.bar=1", "@foo=1", "foo=1=2", "foo=é"];
  for (const member of bad) {
    assertEquals(parseTracestate([`ok=1,${member}`]), undefined, member);
  }
  assertEquals(parseTracestate(["foo=1,foo=2"]), undefined, "a key twice");
  assertEquals(parseTracestate(["foo=1", "foo=1"]), undefined, "a key in two values");
});

Deno.test("readTrace() finds nothing where there is none, a bad one or several", () => {
  assertEquals(readTrace(new Metadata()), undefined);
  assertEquals(readTrace(new Metadata({ tracestate: "foo=1" })), undefined);
  assertEquals(readTrace(new Metadata({ traceparent: "hello", tracestate: "foo=1" })), undefined);
  const twice = new Metadata([["traceparent", PARENT], ["TraceParent", PARENT]]);
  assertEquals(readTrace(twice), undefined);
});

Deno.test("readTrace() does without a tracestate that is bad", () => {
  const read = (state: string) =>
    readTrace(new Metadata({ traceparent: PARENT, tracestate: state }));
  assertEquals(read("foo=1")?.state, "foo=1");
  assertEquals(read("foo"), { traceId: TRACE, spanId: SPAN, sampled: true, state: undefined });
});

Deno.test("writeTrace() leaves nothing of the trace that was there", () => {
  const metadata = new Metadata({ traceparent: "hello", tracestate: "foo=1", other: "stays" });
  const span = { traceId: TRACE, spanId: SPAN, sampled: true };
  writeTrace(metadata, { ...span, state: undefined });
  assertEquals([...metadata], [["traceparent", PARENT], ["other", "stays"]]);
  writeTrace(metadata, { ...span, state: "bar=2" });
  assertEquals(metadata.getAll("tracestate"), ["bar=2"]);
});

Deno.test("forwardTrace() hands on what is valid as it came, versions to come too", () => {
  const future = `cc-${TRACE}-${SPAN}-09-what-will-be`;
  const from = new Metadata([
    ["traceparent", future],
    ["tracestate", "foo=1"],
    ["tracestate", "bar"],
    ["other", "stays here"],
  ]);
  const to = new Metadata();
  forwardTrace(from, to);
  assertEquals([...to], [["traceparent", future], ["tracestate", "foo=1"], ["tracestate", "bar"]]);
});

Deno.test("forwardTrace() hands on nothing that is bad, and nothing over what is there", () => {
  const to = new Metadata();
  forwardTrace(new Metadata({ traceparent: "hello", tracestate: "foo=1" }), to);
  forwardTrace(new Metadata({ tracestate: "foo=1" }), to);
  assertEquals([...to], []);
  const own = new Metadata({ traceparent: PARENT });
  forwardTrace(new Metadata({ traceparent: `cc-${TRACE}-${SPAN}-00`, tracestate: "foo=1" }), own);
  assertEquals([...own], [["traceparent", PARENT]]);
});
