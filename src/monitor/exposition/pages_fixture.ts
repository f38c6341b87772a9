/**
 * Well-formed pages that tests start from: everything that the formats have, in small.
 *
 * @module
 */
export const TEXT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
export const OPENMETRICS_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8";

export const TEXT_PAGE = `# HELP foo_counter Calls,\\nby \\\\ result "x".
# TYPE foo_counter counter
foo_counter{api="echo",result="ok"} 1027 1395066363000
foo_counter{api="echo",result="a \\"b\\" \\\\ \\n c",} 3
# A comment, and an empty line.

#no blank
# TYPE foo_histgram histogram
foo_histgram_bucket{le="0.0005"} 0
foo_histgram_bucket{le="1"} 2
foo_histgram_bucket{le="1000000"} 3
foo_histgram_bucket{le="+Inf"} 4
foo_histgram_sum 1.5e-3
foo_histgram_count 4
#   TYPE delay_seconds\tsummary
delay_seconds { quantile = "0" , zone="" } NaN
delay_seconds{quantile="0.99" zone="b"}\t-Inf  12
# TYPE "my.metric" gauge
{"my.metric", "a.b"="ü\u{1f600}", c="line
feed"} -0
{x="1","other metric"} .5
# HELP foo_gauge
# TYPE foo_gauge untyped
foo_gauge 123456789.125
:recorded:rate5m +Inf`;

export const OPENMETRICS_PAGE = `# TYPE foo_seconds counter
# UNIT foo_seconds seconds
# HELP foo_seconds Time, \\"quoted\\" \\\\ \\n.
foo_seconds_total{api="echo"} 17.5 1520879607.789 # {trace_id="KOO5S4vxi0o"} 0.67 1520879607.123
foo_seconds_created{api="echo"} 1520430000.123
foo_seconds_total{api="b c"} 3 # {} 1
# TYPE foo_histgram histogram
foo_histgram_bucket{le="1"} 2 # {trace_id="a\\"b",span="1"} 0.9
foo_histgram_bucket{le="+Inf"} 4
foo_histgram_count 4
foo_histgram_sum 1e3
foo_histgram_created 1.5e9
# TYPE size_bytes gaugehistogram
# UNIT size_bytes bytes
size_bytes_bucket{le="1"} 2
size_bytes_gcount 2
# TYPE delay summary
delay{quantile="1",zone=""} NaN
delay_count{zone=""} 2
# TYPE build info
build_info{version="0.1.0",} 1
# TYPE state stateset
state{state="on"} 0
# TYPE "my.metric" gauge
# HELP "my.metric" 
{"my.metric","a.b"="ü\u{1f600}"} -Inf -1.5
# TYPE other unknown
other{a="b\\c"} 0.25
# EOF
`;
