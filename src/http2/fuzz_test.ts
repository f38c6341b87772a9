/**
 * Random frames and bytes. Whatever comes, the connection neither throws nor forgets a stream, and what
 * it keeps is bounded.
 *
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { SeededRandom } from "../testing/fuzz.ts";
import { frame, PREFACE, requestFields, setting, TestPeer, uint32 } from "./connection_fixture.ts";
import { FrameType } from "./frame.ts";
import { encodeFields } from "./hpack/encoder.ts";

const OK = encodeFields([":status", "200"]);
const ROUNDS = 1000;

function randomBytes(random: SeededRandom, most: number): number[] {
  return Array.from({ length: random.below(most) }, () => random.below(256));
}

/** A frame of a client, sound in most cases; `opened` is the last stream that was. */
function plausible(random: SeededRandom, opened: { last: number }): number[] {
  const any = random.pick([0, 1, 1, 3, 3, opened.last, opened.last + 2, 2]);
  const one = Math.max(1, opened.last - 2 * random.below(3));
  const block = random.pick([requestFields(), requestFields("a", "b"), encodeFields(["a", "b"])]);
  const open = () => {
    opened.last += 2;
    return frame(FrameType.HEADERS, random.pick([4, 5]), opened.last, requestFields());
  };
  const data = () => frame(FrameType.DATA, random.pick([0, 0, 1]), one, randomBytes(random, 99));
  return random.pick([
    open,
    open,
    open,
    data,
    data,
    () => frame(FrameType.RST_STREAM, 0, one, uint32(8)),
    () => frame(FrameType.WINDOW_UPDATE, 0, random.pick([0, one]), uint32(random.below(99_999))),
    () => frame(FrameType.SETTINGS, 0, 0, setting(random.below(8), random.pick([0, 1, 20_000]))),
    () => frame(FrameType.SETTINGS, 1, 0, []),
    () => frame(FrameType.PING, random.below(2), 0, new Uint8Array(8)),
    () => frame(FrameType.PRIORITY, 0, one, [0, 0, 0, 9, 1]),
    () => random.below(4) > 0 ? open() : unsound(random, any, block),
  ])();
}

/** A frame that is likely to be none that may come. */
function unsound(random: SeededRandom, stream: number, block: Uint8Array): number[] {
  return random.pick([
    () => frame(FrameType.HEADERS, random.pick([0, 1, 4, 0x2c, 0xc]), stream, block),
    () => frame(FrameType.CONTINUATION, random.pick([0, 4]), stream, randomBytes(random, 9)),
    () => frame(FrameType.DATA, random.pick([8, 9]), stream, randomBytes(random, 99)),
    () => frame(FrameType.WINDOW_UPDATE, 0, stream, uint32(random.pick([0, 2 ** 31 - 1]))),
    () => frame(FrameType.GOAWAY, 0, 0, new Uint8Array(8)),
    () => frame(random.below(256), random.below(256), random.below(9), randomBytes(random, 9)),
  ])();
}

/** Changes some bytes. */
function damage(random: SeededRandom, bytes: number[]): number[] {
  return bytes.map((byte) => random.below(400) === 0 ? random.below(256) : byte);
}

for (const [title, damaged] of [["frames", false], ["damaged bytes", true]] as const) {
  for (const seed of [1, 2, 3]) {
    Deno.test(`Http2Connection bears random ${title} (seed ${seed})`, () => {
      const random = new SeededRandom(seed);
      let requests = 0;
      for (let round = 0; round < ROUNDS; round++) {
        const peer = new TestPeer({}, ({ stream }) => {
          if (random.below(2) === 0) stream.headers(OK);
          const length = random.pick([0, 5, 70_000]);
          stream.data(new Uint8Array(5), new Uint8Array(length), () => {});
          if (random.below(3) > 0) stream.end(OK);
          if (random.below(9) === 0) stream.reset("CANCEL");
        });
        peer.send(PREFACE, frame(FrameType.SETTINGS, 0, 0, []));
        const opened = { last: -1 };
        const length = 1 + random.below(20);
        const frames = Array.from({ length }, () => plausible(random, opened)).flat();
        const bytes = Uint8Array.from(damaged ? damage(random, frames) : frames);
        for (let at = 0; at < bytes.length;) {
          const end = at + 1 + random.below(200);
          peer.sendBytes(bytes.slice(at, end));
          at = end;
        }
        assert(!peer.end?.includes("The server failed"), `round ${round}: ${peer.end}`);
        assert(peer.connection.pending < 300_000, `round ${round}`);
        peer.frames();
        peer.connection.lost();
        const open = peer.requests.filter(({ closed }) => closed === undefined);
        assertEquals(open.length, 0, `round ${round}: every stream has ended`);
        assertEquals(peer.clock.waiting, 0, `round ${round}: no timer is left`);
        requests += peer.requests.length;
      }
      assert(requests > ROUNDS, `${requests} requests came through`);
    });
  }
}
