// Objectives as recording rules: one ratio of bad calls for each window, and what follows from it.
local config = import 'config.libsonnet';
local signals = import 'signals.libsonnet';

local ratio(window) = 'slo:bad:ratio_rate' + window;
local selector(objective, job='job=~"$job"') = 'slo="%s", %s' % [objective.name, job];

{
  // The windows that burn-rate alerts look at, short ones first.
  alertWindows:: ['5m', '30m', '1h', '2h', '6h', '1d', '3d'],

  ratioName: ratio,

  query:: {
    budgetLeft(objective):: 'clamp_min(slo:error_budget_left:ratio{%s}, 0)' % selector(objective),
    reached(objective):: '1 - %s{%s}' % [ratio(config.sloPeriod), selector(objective)],
    burnRate(objective, window)::
      '%s{%s} / (1 - %g)' % [ratio(window), selector(objective), objective.objective],
  },

  groups:: [
    {
      name: 'echoscope-slo-' + objective.name,
      interval: '30s',
      rules: [
        {
          record: ratio(window),
          expr: signals.badRatio(objective, window),
          labels: { slo: objective.name },
        }
        for window in $.alertWindows
      ] + [
        {
          // An average of short windows: reading 30 days of raw samples each time would cost too much.
          record: ratio(config.sloPeriod),
          expr: 'avg_over_time(%s{slo="%s"}[%s])' % [ratio('5m'), objective.name, config.sloPeriod],
          labels: { slo: objective.name },
        },
        {
          record: 'slo:error_budget_left:ratio',
          expr: '1 - %s{slo="%s"} / (1 - %g)' % [ratio(config.sloPeriod), objective.name, objective.objective],
          labels: { slo: objective.name },
        },
      ],
    }
    for objective in config.slos
  ],
}
