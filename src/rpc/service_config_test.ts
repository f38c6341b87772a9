import { assertEquals, assertThrows } from "@std/assert";
import { channelOptions } from "./channel_options.ts";
import { serviceConfig } from "./service_config.ts";

Deno.test("serviceConfig() picks the first address and repeats nothing by default", () => {
  assertEquals(JSON.parse(serviceConfig({})), {
    loadBalancingConfig: [{ pick_first: {} }],
    methodConfig: [],
  });
});

Deno.test("serviceConfig() writes one retry policy for all methods", () => {
  assertEquals(JSON.parse(serviceConfig({ loadBalancing: "round_robin", retry: {} })), {
    loadBalancingConfig: [{ round_robin: {} }],
    methodConfig: [{
      name: [{}],
      retryPolicy: {
        maxAttempts: 5,
        initialBackoff: "0.1s",
        maxBackoff: "1s",
        backoffMultiplier: 2,
        retryableStatusCodes: ["UNAVAILABLE"],
      },
    }],
  });
});

Deno.test("serviceConfig() writes retry policies for services and methods, and their throttling", () => {
  const { methodConfig, retryThrottling } = JSON.parse(serviceConfig({
    retry: [
      { methods: ["test.Greeter/greet", "test.Other"], maxAttempts: 3, initialBackoffMs: 15 },
      { initialBackoffMs: 5000, retryableCodes: ["UNAVAILABLE", "RESOURCE_EXHAUSTED"] },
    ],
    retryThrottling: { maxTokens: 10, tokenRatio: 0.1 },
  }));
  assertEquals(retryThrottling, { maxTokens: 10, tokenRatio: 0.1 });
  const [first, second] = methodConfig;
  assertEquals(first.name, [
    { service: "test.Greeter", method: "greet" },
    { service: "test.Other" },
  ]);
  assertEquals([first.retryPolicy.maxAttempts, first.retryPolicy.initialBackoff], [3, "0.015s"]);
  assertEquals([second.name, second.retryPolicy.maxBackoff], [[{}], "5s"]);
});

Deno.test("serviceConfig() says what is wrong with an option", () => {
  const wrong = [
    [{ maxAttempts: 6 }, "'maxAttempts': it must be an integer from 2 to 5, current value is 6"],
    [{ initialBackoffMs: 2000, maxBackoffMs: 1000 }, "'maxBackoffMs'"],
    [{ backoffMultiplier: NaN }, "'backoffMultiplier'"],
    [{ retryableCodes: [] }, "'retryableCodes'"],
    [{ methods: ["a/b/c"] }, "current value is 'a/b/c'"],
    [{ methods: ["a/"] }, "current value is 'a/'"],
  ] as const;
  for (const [retry, message] of wrong) {
    assertThrows(() => serviceConfig({ retry }), RangeError, message);
  }
  assertThrows(
    () => serviceConfig({ retryThrottling: { maxTokens: 0, tokenRatio: 1 } }),
    RangeError,
  );
});

Deno.test("channelOptions() has gRPC core's names, and no keepalive unless asked for", () => {
  const { "grpc.service_config": _, ...options } = channelOptions({});
  assertEquals(options, {
    "grpc.initial_reconnect_backoff_ms": 100,
    "grpc.max_reconnect_backoff_ms": 5000,
    "grpc.dns_min_time_between_resolutions_ms": 5000,
    "grpc.service_config_disable_resolution": 1,
    "grpc.enable_channelz": 0,
    "grpc.enable_http_proxy": 0,
  });
  const kept = channelOptions({ keepalive: { timeMs: 30_000 } });
  assertEquals(kept["grpc.keepalive_time_ms"], 30_000);
  assertEquals(kept["grpc.keepalive_timeout_ms"], 20_000);
  assertEquals(kept["grpc.keepalive_permit_without_calls"], 0);
});

Deno.test("channelOptions() says what is wrong with an option", () => {
  assertThrows(() => channelOptions({ keepalive: { timeMs: 0 } }), RangeError, "'timeMs'");
  assertThrows(
    () => channelOptions({ reconnect: { initialBackoffMs: 6000, maxBackoffMs: 5000 } }),
    RangeError,
    "'maxBackoffMs': it must be an integer from 6000 to 600000, current value is 5000",
  );
});
