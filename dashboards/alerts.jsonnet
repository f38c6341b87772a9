// Alerts: what a person must know, and what to do is in the runbook.
local config = import 'config.libsonnet';
local slo = import 'slo.libsonnet';

local job = 'job="%s"' % config.job;
local limits = config.thresholds;

// `EchoscopeDown` → `#echoscopedown`, the anchor of its section.
local runbook(name) = '%s#%s' % [config.runbook, std.asciiLower(name)];

local alert(name, severity, expression, summary, description, wait='5m') = {
  alert: name,
  expr: expression,
  'for': wait,
  labels: { severity: severity },
  annotations: { summary: summary, description: description, runbook_url: runbook(name) },
};

local burn(objective, rate) = alert(
  'EchoscopeErrorBudgetBurn',
  rate.severity,
  '%(long)s > %(factor)g * (1 - %(objective)g) and %(short)s > %(factor)g * (1 - %(objective)g)' % {
    long: '%s{slo="%s", %s}' % [slo.ratioName(rate.long), objective.name, job],
    short: '%s{slo="%s", %s}' % [slo.ratioName(rate.short), objective.name, job],
    factor: rate.factor,
    objective: objective.objective,
  },
  'The error budget of {{ $labels.slo }} burns %g times too fast' % rate.factor,
  '{{ $value | humanizePercentage }} of the calls were bad in the last %s and %s; %g %% are allowed.' % [
    rate.long,
    rate.short,
    (1 - objective.objective) * 100,
  ],
  rate['for'],
) + { labels+: { slo: objective.name, long_window: rate.long, short_window: rate.short } };

{
  groups: [
    {
      name: 'echoscope-availability',
      rules: [
        alert(
          'EchoscopeDown',
          'critical',
          'up{%s} == 0' % job,
          '{{ $labels.instance }} cannot be scraped',
          'Prometheus has had no answer from {{ $labels.instance }} for two minutes: it is down, overloaded or cut off.',
          '2m',
        ),
        alert(
          'EchoscopeAbsent',
          'critical',
          'absent(up{%s})' % job,
          'Nothing is scraped under the job %s' % config.job,
          'Prometheus knows no target of this job: nothing is deployed, or the scrape configuration does not find it.',
        ),
        alert(
          'EchoscopeCrashLooping',
          'critical',
          'changes(process_start_time_seconds{%s}[15m]) > 2' % job,
          '{{ $labels.instance }} starts again and again',
          '{{ $value }} starts within 15 minutes: the process ends soon after it began.',
          '0m',
        ),
        alert(
          'EchoscopeHandlerFailing',
          'warning',
          'sum by (job, grpc_service, grpc_method) (rate(grpc_server_handler_failures_total{%s}[5m])) > 0' % job,
          '{{ $labels.grpc_service }}/{{ $labels.grpc_method }} throws',
          'A handler fails with an error that is no status: a bug. Its callers get INTERNAL, its stack is in the log.',
        ),
      ],
    },
    {
      name: 'echoscope-saturation',
      rules: [
        alert(
          'EchoscopeEventLoopBlocked',
          'warning',
          'avg_over_time(nodejs_eventloop_lag_seconds{%s}[5m]) > %g' % [job, limits.eventLoopLagSeconds.critical],
          'The event loop of {{ $labels.instance }} is late',
          'Timers fire {{ $value | humanizeDuration }} late on average: calls wait for something that computes for long.',
        ),
        alert(
          'EchoscopeCpuSaturated',
          'warning',
          'rate(process_cpu_seconds_total{%s}[5m]) > 0.9' % job,
          '{{ $labels.instance }} uses a whole core',
          'JavaScript runs on one core, and {{ $value | humanizePercentage }} of it is used: latency rises from here. Add pods.',
          '10m',
        ),
        alert(
          'EchoscopeMemoryHigh',
          'warning',
          'process_resident_memory_bytes{%s} > %d' % [job, limits.residentBytes.critical],
          '{{ $labels.instance }} uses {{ $value | humanize1024 }}B of memory',
          'The process is near the memory limit of its pod, where it would be killed.',
          '10m',
        ),
        alert(
          'EchoscopeRefusingCalls',
          'warning',
          'sum by (job, reason) (rate(grpc_server_refused_total{%s}[5m])) > 0' % job,
          'Calls are refused: {{ $labels.reason }}',
          '{{ $value | humanize }} times a second a limit refuses a call or ends a connection.',
        ),
        alert(
          'EchoscopeSeriesLimit',
          'warning',
          'sum by (job, metric) (increase(metrics_overflow_total{%s}[15m])) > 0' % job,
          '{{ $labels.metric }} has met its limit of series',
          'New label values of {{ $labels.metric }} are counted together in one overflow series.',
          '0m',
        ),
      ],
    },
    {
      name: 'echoscope-certificates',
      rules: [
        alert(
          'EchoscopeCertificateExpiring',
          severity,
          'min by (job, instance, role) (grpc_tls_certificate_expiry_timestamp_seconds{%s}) - time() < %d * 86400' % [
            job,
            limits.certificateDays[severity],
          ],
          'A certificate of {{ $labels.instance }} ends in {{ $value | humanizeDuration }}',
          'The {{ $labels.role }} certificate must be renewed; new files are taken up without a restart.',
          '10m',
        ) + { labels+: { days: '%d' % limits.certificateDays[severity] } }
        for severity in ['warning', 'critical']
      ],
    },
    {
      name: 'echoscope-error-budget',
      rules: [burn(objective, rate) for objective in config.slos for rate in config.burnRates],
    },
  ],
}
