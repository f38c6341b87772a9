import { assertThrows } from "@std/assert";
import { requireServerName } from "./server_name.ts";

Deno.test("requireServerName() takes names, and addresses that have one beside them", () => {
  for (
    const target of ["localhost:50051", "localhost", "dns:///a.test:1", "dns:a.test", "10.test:1"]
  ) {
    requireServerName(target, undefined);
  }
  requireServerName("127.0.0.1:50051", "localhost");
});

Deno.test("requireServerName() refuses addresses, however a target is written", () => {
  const targets = [
    ...["127.0.0.1:50051", "127.0.0.1", "[::1]:50051", "dns:///127.0.0.1:1", "dns:127.0.0.1:1"],
    ...["ipv4:127.0.0.1:1,127.0.0.2:1", "ipv6:[::1]:1", "::1"],
  ];
  for (const target of targets) {
    assertThrows(() => requireServerName(target, undefined), TypeError, "give a target");
  }
});
