/** `status/*`. */
import { dateText } from "./date_json.ts";
import type { ApiParts, Endpoint } from "./endpoint.ts";
import { GET } from "./endpoint.ts";
import { safeJson } from "./json_text.ts";

/** The version of Prometheus whose API this is: clients such as Grafana decide by it what to ask. */
const PROMETHEUS_VERSION = "3.10.0";

/** When this program began, in milliseconds. */
const BEGAN = Math.round(performance.timeOrigin);

/** The addresses of what the server is. */
export const STATUS_ENDPOINTS: readonly Endpoint[] = [
  {
    path: "status/buildinfo",
    methods: GET,
    answer: ({ version }) => ({ data: [buildInfo(version)] }),
  },
  {
    path: "status/runtimeinfo",
    methods: GET,
    answer: (parts) => ({ data: [runtimeInfo(parts)] }),
  },
];

function buildInfo(version: string): string {
  return safeJson({
    version: PROMETHEUS_VERSION,
    revision: `echoscope-${version}`,
    branch: "",
    buildUser: "",
    buildDate: "",
    goVersion: "",
  });
}

/** What only Go's runtime has is 0 or empty; where the program lies is nobody's business. */
function runtimeInfo({ clock, retention = "" }: ApiParts): string {
  return safeJson({
    startTime: dateText(BEGAN),
    CWD: "",
    hostname: "",
    serverTime: dateText(clock()),
    reloadConfigSuccess: true,
    lastConfigTime: dateText(BEGAN),
    corruptionCount: 0,
    goroutineCount: 0,
    GOMAXPROCS: 1,
    GOMEMLIMIT: 0,
    GOGC: "",
    GODEBUG: "",
    storageRetention: retention,
  });
}
