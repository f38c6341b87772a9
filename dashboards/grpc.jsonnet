// RED by method and code, sizes, deadlines, and the client's side.
local config = import 'config.libsonnet';
local dashboard = import 'dashboard.libsonnet';
local p = import 'panels.libsonnet';
local s = import 'signals.libsonnet';

local limits = config.thresholds;

dashboard.new('grpc', 'gRPC', 'Every method, by status, duration and size, from both sides.', [
  {
    title: 'Server: rate and errors',
    panels: [
      p.timeSeries(
        'Calls by method',
        'reqps',
        'Calls that ended, by method. A method that stops: its clients have gone, or it hangs (see in flight).',
        p.query(s.server.rateBy(['grpc_method']), '{{grpc_method}}')
      ) + p.size(8, 8),
      p.timeSeries(
        'Started by method',
        'reqps',
        'Calls that began. More begin than end: they pile up.',
        p.query(s.server.startedRate, '{{grpc_method}}')
      ) + p.size(8, 8),
      p.stacked(
        'By method and status',
        'reqps',
        "Which method ends how. INVALID_ARGUMENT and the like are the callers' faults, INTERNAL and UNAVAILABLE ours.",
        p.query(s.server.rateBy(['grpc_method', 'grpc_code']) + ' > 0', '{{grpc_method}} {{grpc_code}}')
      ) + p.size(8, 8),
      p.timeSeries(
        'Deadlines passed',
        'reqps',
        "Calls whose caller stopped waiting. Rising with latency: the callers' deadlines are close to what we take.",
        [
          p.query(s.server.deadlines, '{{grpc_method}} deadline exceeded'),
          p.query(s.server.cancelled, '{{grpc_method}} cancelled'),
        ]
      ) + p.size(8, 7),
      p.timeSeries(
        'Handler failures',
        'reqps',
        'Handlers that threw something that is no status: bugs. Each is in the log with its stack.',
        p.query(s.server.handlerFailures, '{{grpc_method}}')
      ) + p.size(8, 7),
      p.timeSeries(
        'Connection errors',
        'ops',
        'Connections that broke the protocol or were lost. Many with origin "socket": a scanner, or clients that are killed.',
        p.query(s.server.connectionErrors, '{{origin}}')
      ) + p.size(8, 7),
    ],
  },
  {
    title: 'Server: duration',
    panels: [
      p.heatmap(
        'Latency',
        's',
        'How many calls took how long. Two bands: two kinds of call, or a cache that misses.',
        s.server.latencyHeatmap
      ) + p.size(12, 9),
      p.timeSeries(
        'p99 by method',
        's',
        'The slowest hundredth of each method, whatever the outcome; the dots lead to traces.',
        p.query(s.server.quantileBy(0.99, ['grpc_method']), '{{grpc_method}}', exemplar=true)
      ) + p.thresholds(limits.latencySeconds.warning, limits.latencySeconds.critical) + p.lines + p.size(6, 9),
      p.timeSeries(
        'Mean by outcome',
        's',
        'Failures that are faster than successes fail early; slower ones time out.',
        p.query(s.server.meanBy(['outcome']), '{{outcome}}')
      ) + p.size(6, 9),
      p.timeSeries(
        'In flight by method',
        'short',
        'Calls that run right now. A line that only rises is a leak of calls.',
        p.query(s.server.inFlightBy(['grpc_method']), '{{grpc_method}}')
      ) + p.size(24, 7),
    ],
  },
  {
    title: 'Server: messages',
    panels: [
      p.timeSeries(
        'Received',
        'ops',
        'Messages that came. For streams this is more than calls.',
        p.query(s.server.messages('received'), '{{grpc_method}}')
      ) + p.size(6, 7),
      p.timeSeries(
        'Sent',
        'ops',
        'Messages that went out.',
        p.query(s.server.messages('sent'), '{{grpc_method}}')
      ) + p.size(6, 7),
      p.timeSeries(
        'Request size, p99',
        'bytes',
        'Near the limit of 4 MiB calls begin to fail with RESOURCE_EXHAUSTED.',
        p.query(s.server.messageSize('received', 0.99), '{{grpc_method}}')
      ) + p.size(6, 7),
      p.timeSeries(
        'Reply size, p99',
        'bytes',
        'Callers refuse more than 4 MiB unless told otherwise.',
        p.query(s.server.messageSize('sent', 0.99), '{{grpc_method}}')
      ) + p.size(6, 7),
    ],
  },
  {
    title: 'Server: limits, faults, certificates',
    panels: [
      p.timeSeries(
        'Refused',
        'reqps',
        'Calls and connections that met a limit. The runbook (EchoscopeRefusingCalls) tells what each limit means.',
        p.query(s.server.refused, '{{reason}}')
      ) + p.size(6, 7),
      p.timeSeries(
        'Faults injected',
        'reqps',
        'Calls broken on purpose. Above zero outside of an exercise: somebody forgot to switch it off.',
        p.query(s.server.faults, '{{kind}}')
      ) + p.size(6, 7),
      p.timeSeries(
        'Certificates: life left',
        's',
        'Until the certificates in use expire. It jumps up when new files are taken up.',
        p.query(s.server.certificateLife, '{{pod}} {{role}}')
      ) + p.size(6, 7),
      p.timeSeries(
        'Certificates: reloads',
        'ops',
        'New certificate files, by whether they could be taken up. A failure is in the log with its reason.',
        p.query(s.server.certificateReloads, '{{result}}')
      ) + p.size(6, 7),
    ],
  },
  {
    title: 'Client',
    panels: [
      p.stacked(
        'Calls by status',
        'reqps',
        'What our own clients saw. UNAVAILABLE in a roll-out: retries are off, or pods leave before they drain.',
        p.query(s.client.rate, '{{grpc_method}} {{grpc_code}}')
      ) + p.size(8, 8),
      p.timeSeries(
        'Duration',
        's',
        "From the caller's side: the difference to the server's is network and queueing.",
        [
          p.query(s.client.quantile(0.5), '{{grpc_method}} p50'),
          p.query(s.client.quantile(0.99), '{{grpc_method}} p99'),
        ]
      ) + p.size(8, 8),
      p.timeSeries(
        'Started, in flight',
        'short',
        'Calls begun each second, and calls that wait for their end.',
        [
          p.query(s.client.startedRate, '{{grpc_method}} started'),
          p.query(s.client.inFlight, '{{grpc_method}} in flight'),
        ]
      ) + p.size(8, 8),
      p.timeSeries(
        'Messages',
        'ops',
        'Messages of the client, both ways.',
        [
          p.query(s.client.messages('sent'), '{{grpc_method}} sent'),
          p.query(s.client.messages('received'), '{{grpc_method}} received'),
        ]
      ) + p.size(12, 7),
      p.timeSeries(
        'Message size, p99',
        'bytes',
        'Sizes as the client sends and gets them.',
        [
          p.query(s.client.messageSize('sent', 0.99), '{{grpc_method}} sent'),
          p.query(s.client.messageSize('received', 0.99), '{{grpc_method}} received'),
        ]
      ) + p.size(12, 7),
    ],
  },
])
