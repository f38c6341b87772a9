import { command } from "./command.ts";
import { runLoad } from "./load.ts";
import { commandLogger } from "./logging.ts";
import { callOptions, serviceOptions } from "./options.ts";
import { type Service, startService } from "./service.ts";
import { stopSignals } from "./signals.ts";
import { Tally } from "./tally.ts";
import type { Terminal } from "./terminal.ts";

/** The time between two status lines where they cannot be redrawn in place. */
const RARELY_MS = 60_000;

// The client of this process would not know whom to trust, so `start` is not encrypted.
const { tlsCert: _cert, tlsKey: _key, tlsClientCa: _ca, ...plainOptions } = serviceOptions;
const NO_TLS = { tlsCert: undefined, tlsKey: undefined, tlsClientCa: undefined };

const options = {
  ...plainOptions,
  host: { ...plainOptions.host, default: "127.0.0.1" },
  metricsHost: { ...plainOptions.metricsHost, default: "127.0.0.1" },
  ...callOptions,
};

/** `echoscope start`: server, a client that calls it, and what they tell, in one process. */
export const start = command({
  name: "start",
  summary: "server, a client that calls it, and metrics, in one process",
  options,
  async run(config, { terminal }) {
    using signals = stopSignals();
    const log = commandLogger(config, terminal);
    const service = await startService({ ...config, ...NO_TLS }, log);
    // A server alone does without a client.
    const { echoCaller } = await import("../echo/caller.ts");
    const caller = echoCaller({ target: callable(service.rpcAddress) }, config.name);
    const tally = new Tally();
    welcome(terminal, service, config.monitor || config.prometheusUrl !== undefined);
    const show = () =>
      terminal.isInteractive
        ? terminal.status(tally.statusLine())
        : terminal.print(tally.statusLine());
    const timer = setInterval(show, terminal.isInteractive ? 1000 : RARELY_MS);
    try {
      await runLoad({
        call: () => caller.call(config.deadline),
        onEnd({ code, seconds, error }) {
          tally.add(code, seconds);
          if (error) log.warn("a call failed", { code, reason: error.message });
          if (tally.total === 1) show();
        },
        periodMs: config.interval,
        concurrency: 1,
        durationMs: Infinity,
        count: Infinity,
        signal: signals.stop,
      });
    } finally {
      clearInterval(timer);
      terminal.status("");
      caller.close();
      await service.stop(signals);
    }
    terminal.print(tally.statusLine());
    return 0;
  },
});

function welcome(
  terminal: Terminal,
  { rpcAddress, httpAddress, tcpAddress }: Service,
  hasPage: boolean,
): void {
  const http = `http://${callable(httpAddress)}`;
  terminal.print([
    "",
    "  Echoscope is running, and a client calls it once a second.",
    "",
    ...hasPage ? [`  page        ${http}`] : [],
    `  gRPC        ${rpcAddress}`,
    `  metrics     ${http}/metrics`,
    `  dashboards  ${http}/dashboards/echo.json`,
    `  probes      ${http}/healthz  ${http}/readyz`,
    ...(tcpAddress ? [`  events      ${tcpAddress}`] : []),
    "",
    "  Ctrl-C stops it.",
    "",
  ].join("\n"));
}

/** An address that listens everywhere is called on this machine. */
function callable(address: string): string {
  return address.replace(/^0\.0\.0\.0:/, "127.0.0.1:").replace(/^\[::\]:/, "[::1]:");
}
