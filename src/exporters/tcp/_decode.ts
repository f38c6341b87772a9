/**
 * The stream as a foreign protobuf implementation reads it, for tests: the schema, written from the
 * field table of the reference, and the cutting of frames.
 *
 * @module
 */
import protobuf from "protobufjs";

const SCHEMA = `
  syntax = "proto3";
  package event.proto;

  message Event {
    oneof event { Metadata metadata = 1; Metric metric = 2; }
  }
  message Metadata {
    enum MetricType { COUNTER = 0; GAUGE = 1; HISTOGRAM = 2; }
    string name = 1;
    MetricType metric_type = 2;
    oneof unit { string unit_value = 3; }
    oneof description { string description_value = 4; }
  }
  message Timestamp { int64 seconds = 1; int32 nanos = 2; }
  message Metric {
    string name = 1;
    Timestamp timestamp = 2;
    map<string, string> labels = 3;
    oneof operation {
      uint64 increment_counter = 4;
      uint64 set_counter = 5;
      double increment_gauge = 6;
      double decrement_gauge = 7;
      double set_gauge = 8;
      double record_histogram = 9;
    }
  }
`;

/** The Event type of protobufjs. */
export const EventType = protobuf.parse(SCHEMA).root.lookupType("Event");

/** An event as plain data; 64-bit integers are strings. */
export interface DecodedEvent {
  readonly metadata?: {
    readonly name: string;
    readonly metricType?: string;
    readonly unitValue?: string;
    readonly descriptionValue?: string;
  };
  readonly metric?: {
    readonly name: string;
    readonly timestamp: { readonly seconds: string; readonly nanos: number };
    readonly labels?: Readonly<Record<string, string>>;
    readonly incrementCounter?: string;
    readonly setCounter?: string;
    readonly incrementGauge?: number;
    readonly decrementGauge?: number;
    readonly setGauge?: number;
    readonly recordHistogram?: number;
  };
}

/** The event of one whole frame. */
export function decodeFrame(frame: Uint8Array): DecodedEvent {
  return EventType.toObject(EventType.decodeDelimited(frame), { longs: String, enums: String });
}

/** The first frame of `bytes`, or undefined when it is not complete. */
export function firstFrame(bytes: Uint8Array): Uint8Array | undefined {
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    length += (byte & 127) * 128 ** at;
    if (byte < 128) {
      const end = at + 1 + length;
      return end <= bytes.length ? bytes.subarray(0, end) : undefined;
    }
  }
  return undefined;
}

/** Cuts a recorded stream into frames; throws when it does not end with one. */
export function splitFrames(bytes: Uint8Array): Uint8Array[] {
  const frames: Uint8Array[] = [];
  for (let rest = bytes; rest.length > 0;) {
    const frame = firstFrame(rest);
    if (frame === undefined) {
      throw new Error(`the stream ends with ${rest.length} bytes of a frame`);
    }
    frames.push(frame);
    rest = rest.subarray(frame.length);
  }
  return frames;
}
