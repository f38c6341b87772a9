/**
 * Units of a metric, and the label each has in print (`seconds` → `s`).
 * The set and the spelling are those of the metrics family in Rust, so that recordings compare.
 */
export const UNITS = {
  count: "",
  percent: "%",
  seconds: "s",
  milliseconds: "ms",
  microseconds: "μs",
  nanoseconds: "ns",
  tebibytes: "TiB",
  gibibytes: "GiB",
  mebibytes: "MiB",
  kibibytes: "KiB",
  bytes: "B",
  terabits_per_second: "Tbps",
  gigabits_per_second: "Gbps",
  megabits_per_second: "Mbps",
  kilobits_per_second: "kbps",
  bits_per_second: "bps",
  count_per_second: "/s",
} as const;

/** One of the 17 units. */
export type Unit = keyof typeof UNITS;
