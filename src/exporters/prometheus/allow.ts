/**
 * Who may scrape.
 *
 * @module
 */
import { BlockList, isIP } from "node:net";

/** An address, or a network in CIDR notation. */
interface Network {
  readonly address: string;
  readonly family: "ipv4" | "ipv6";
  /** Leading bits that count. */
  readonly bits: number;
}

/**
 * Reads `10.0.0.7`, `10.0.0.0/8`, `::1` or `fd00::/8`; undefined for anything else. Bits behind the
 * prefix are ignored. An IPv4 address in IPv6 dress (`::ffff:10.0.0.7`) is the IPv4 address.
 */
export function parseNetwork(text: string): Network | undefined {
  const [, address = "", bits] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const version = isIP(address);
  if (version === 0 || address.includes("%")) return undefined;
  const most = version === 4 ? 32 : 128;
  const length = bits === undefined ? most : Number(bits);
  if (length > most) return undefined;
  const mapped = mappedIpv4(address);
  if (mapped !== undefined && length >= 96) {
    return { address: mapped, family: "ipv4", bits: length - 96 };
  }
  return { address, family: version === 4 ? "ipv4" : "ipv6", bits: length };
}

/** A function that tells whether a peer's address is in one of `networks`. */
export function allowOnly(networks: readonly Network[]): (address: string) => boolean {
  const list = new BlockList();
  for (const { address, family, bits } of networks) list.addSubnet(address, bits, family);
  return (address) => {
    const plain = address.replace(/%.*$/, "");
    const peer = mappedIpv4(plain) ?? plain;
    const version = isIP(peer);
    return version !== 0 && list.check(peer, version === 4 ? "ipv4" : "ipv6");
  };
}

/** The IPv4 address within an IPv6 one, however that is written. */
function mappedIpv4(address: string): string | undefined {
  if (isIP(address) !== 6) return undefined;
  const canonical = new URL(`http://[${address.replace(/%.*$/, "")}]`).hostname;
  const halves = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(canonical);
  if (halves === null) return undefined;
  return halves.slice(1).map((half) => parseInt(half, 16)).flatMap((n) => [n >> 8, n & 255]).join(
    ".",
  );
}
