import { command } from "./command.ts";
import { commandLogger } from "./logging.ts";
import { serviceOptions } from "./options.ts";
import { startService } from "./service.ts";
import { aborted, stopSignals } from "./signals.ts";

/** `echoscope serve`: the server alone, until a signal. */
export const serve = command({
  name: "serve",
  summary: "answer gRPC calls, show metrics and probes",
  options: serviceOptions,
  async run(config, { terminal }) {
    using signals = stopSignals();
    const log = commandLogger(config, terminal);
    const service = await startService(config, log);
    const { rpcAddress: grpc, httpAddress: http, tcpAddress: tcp } = service;
    log.info("serving", { grpc, http, ...tcp && { tcp } });
    await aborted(signals.stop);
    await service.stop(signals);
    return 0;
  },
});
