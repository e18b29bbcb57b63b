metadata description = 'Who is woken by what. Each rule counts log lines by their event; docs/runbook.md says what to do.'

param environmentName string
param location string
param tags object
@description('Resource id of Application Insights.')
param insightsId string
param addresses string[]

// `over`: more such lines than this within the window. Windows overlap by the time that a log line may take to arrive.
var loud = [
  {
    name: 'poison'
    title: 'A message failed too often'
    severity: 1
    events: ['PEG_MESSAGE_POISONED', 'PEG_MESSAGE_UNREADABLE']
    filter: ''
    over: 0
    every: 'PT5M'
    window: 'PT15M'
  }
  {
    name: 'webhook-failing'
    title: 'The webhook answers 5xx'
    severity: 1
    events: ['PEG_FAILED']
    filter: '| where tostring(line["function"]) == "webhook"'
    over: 0
    every: 'PT5M'
    window: 'PT15M'
  }
  {
    name: 'webhook-refused'
    title: 'Calls of the webhook are refused'
    severity: 1
    events: ['PEG_WEBHOOK_REFUSED']
    filter: ''
    // Strangers try every public address, and the doctor, the canary and verify.sh make refused calls, six of them after a
    // deployment. Microsoft repeats a single refused call about 15 times in this window, for hours.
    over: 12
    every: 'PT5M'
    window: 'PT15M'
  }
  {
    name: 'marketplace-events'
    title: 'What Microsoft told could not be carried out'
    severity: 2
    events: ['PEG_WEBHOOK_UNREADABLE', 'PEG_NOTICE_FAILED', 'PEG_CHANGE_FAULT', 'PEG_CHANGE_UNVERIFIED']
    filter: ''
    over: 0
    every: 'PT15M'
    window: 'PT30M'
  }
  {
    name: 'reconcile-stopped'
    title: 'The comparison with Microsoft waits for an operator'
    severity: 1
    events: ['PEG_RECONCILE_STOPPED']
    filter: ''
    over: 0
    every: 'PT15M'
    window: 'PT30M'
  }
  {
    name: 'failing'
    title: 'Invocations fail again and again'
    severity: 2
    events: ['PEG_FAILED']
    filter: ''
    over: 10
    every: 'PT5M'
    window: 'PT15M'
  }
  {
    name: 'onboarding'
    title: 'A set-up or an activation has failed'
    severity: 2
    events: ['PEG_STEP_FAILED', 'PEG_ACTIVATION_FAILED']
    filter: ''
    over: 0
    every: 'PT15M'
    window: 'PT30M'
  }
  {
    name: 'activation-overdue'
    title: 'Billing does not begin'
    severity: 2
    events: ['PEG_ACTIVATION_OVERDUE']
    filter: ''
    over: 0
    every: 'PT15M'
    // Said at least once an hour of each: the alert stands for as long as one is overdue.
    window: 'PT2H'
  }
  {
    name: 'mail'
    title: 'Mail fails'
    severity: 2
    events: ['PEG_MAIL_FAILED']
    filter: ''
    over: 0
    every: 'PT15M'
    window: 'PT30M'
  }
  {
    name: 'erasure-stopped'
    title: 'An erasure waits for an operator'
    severity: 2
    events: ['PEG_ERASURE_STOPPED']
    filter: ''
    over: 0
    every: 'PT15M'
    window: 'PT30M'
  }
  {
    name: 'workspace-failed'
    title: 'A workspace is not what was bought'
    severity: 2
    events: ['PEG_WORKSPACE_FAILED']
    filter: ''
    over: 0
    every: 'PT15M'
    window: 'PT30M'
  }
  {
    name: 'canary-red'
    title: 'A check of the set-up has failed'
    severity: 2
    events: ['PEG_CANARY_RED']
    filter: ''
    over: 0
    every: 'PT15M'
    // The checks run each hour: the alert stands for as long as one is red.
    window: 'PT2H'
  }
]

// Heartbeats: no such line within the window.
var silent = [
  {
    name: 'sweep-silent'
    title: 'The sweep does not run'
    severity: 1
    events: ['PEG_SWEPT']
    every: 'PT5M'
    window: 'PT15M'
  }
  {
    name: 'reconcile-silent'
    title: 'Nothing was compared with Microsoft for a day'
    severity: 2
    events: ['PEG_RECONCILED']
    every: 'PT1H'
    window: 'P1D'
  }
  {
    name: 'canary-silent'
    title: 'The set-up is not checked'
    severity: 2
    events: ['PEG_CANARY_RED', 'PEG_CANARY_GREEN']
    every: 'PT1H'
    // The checks run each hour: two of them are missing.
    window: 'PT3H'
  }
]

// An alert for each code. Of the canary's: a second check that turns red is told while the first still is.
var byCode = [
  {
    name: 'code'
    operator: 'Include'
    values: ['*']
  }
]

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-pegasus-${environmentName}'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'pegasus'
    emailReceivers: [
      for address in addresses: {
        name: address
        emailAddress: address
        useCommonAlertSchema: true
      }
    ]
  }
}

resource loudRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in loud: {
    name: 'pegasus-${environmentName}-${rule.name}'
    location: location
    tags: tags
    properties: {
      displayName: 'Pegasus ${environmentName}: ${rule.title}'
      description: 'What to do: docs/runbook.md#${rule.name}'
      severity: rule.severity
      enabled: true
      autoMitigate: true
      scopes: [insightsId]
      evaluationFrequency: rule.every
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: 'traces | extend line = parse_json(message) | where tostring(line.event) in ("${join(rule.events, '", "')}") ${rule.filter} | extend code = tostring(line.code)'
            dimensions: rule.name == 'canary-red' ? byCode : []
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: rule.over
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [people.id]
      }
    }
  }
]

resource silentRules 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in silent: {
    name: 'pegasus-${environmentName}-${rule.name}'
    location: location
    tags: tags
    properties: {
      displayName: 'Pegasus ${environmentName}: ${rule.title}'
      description: 'What to do: docs/runbook.md#${rule.name}'
      severity: rule.severity
      enabled: true
      autoMitigate: true
      scopes: [insightsId]
      evaluationFrequency: rule.every
      windowSize: rule.window
      criteria: {
        allOf: [
          {
            query: 'traces | extend line = parse_json(message) | where tostring(line.event) in ("${join(rule.events, '", "')}")'
            timeAggregation: 'Count'
            operator: 'LessThan'
            threshold: 1
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [people.id]
      }
    }
  }
]
