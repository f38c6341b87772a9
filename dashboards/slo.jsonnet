// Objectives, what is left of the error budgets, and how fast they burn.
local config = import 'config.libsonnet';
local dashboard = import 'dashboard.libsonnet';
local p = import 'panels.libsonnet';
local s = import 'signals.libsonnet';
local slo = import 'slo.libsonnet';

local row(objective) = {
  title: '%s: %g %% of %s' % [objective.name, objective.objective * 100, objective.summary],
  panels: [
    p.gauge(
      'Error budget left: ' + objective.name,
      'percentunit',
      'What may still go wrong in the %s, as a share of what the objective allows. At zero: no risky roll-outs.' % config.sloPeriod,
      p.query(slo.query.budgetLeft(objective), objective.name)
    ) + p.above(0.25, 0) + p.between(0, 1) + p.size(6, 8),
    p.stat(
      'Reached: ' + objective.name,
      'percentunit',
      'The share of good calls over the %s. Below %g %% the objective is missed.' % [config.sloPeriod, objective.objective * 100],
      p.query(slo.query.reached(objective), objective.name)
    ) + p.above(objective.objective, objective.objective - (1 - objective.objective)) + p.decimals(3) + p.size(6, 8),
    p.timeSeries(
      'Burn rate: ' + objective.name,
      'none',
      'How many times faster than allowed the budget is used. 1 uses it up in %s, %g in two days.' % [config.sloPeriod, config.burnRates[0].factor],
      [
        p.query(slo.query.burnRate(objective, window), window)
        for window in slo.alertWindows
      ]
    ) + p.thresholds(1, config.burnRates[0].factor) + p.lines + p.size(12, 8),
  ],
};

dashboard.new(
  'slo',
  'SLO',
  'Are the objectives met, and for how long still?',
  [row(objective) for objective in config.slos] + [
    {
      title: 'Alerts',
      panels: [
        p.table(
          'Firing',
          'short',
          'Alerts that fire or are about to; "none" when all is well. Each has a section in the runbook.',
          p.query(s.alerts)
        ) + p.size(24, 7),
      ],
    },
  ],
  methods=false,
)
