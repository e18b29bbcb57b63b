import { describe, expect, test } from '@jest/globals';
import { alertFaults, wokenBy } from './infra/alerts.ts';
import { broken, infraFiles } from './infra/files.ts';

const MAIN = 'infra/main.bicep';
const ALERTS = 'infra/modules/alerts.bicep';
const LOUD = '] = [\n  for rule in loud: {';

describe('alerts', () => {
  test('wait for lines that the code writes, ask for them rightly, and tell people', () => {
    expect(alertFaults(infraFiles())).toEqual([]);
  });

  test.each([
    ['PEG_ACTIVATION_OVERDUE', 'activation-overdue'],
    ['PEG_ACTIVATION_FAILED', 'onboarding'],
    ['PEG_MESSAGE_POISONED', 'poison'],
    ['PEG_WEBHOOK_REFUSED', 'webhook-refused'],
    ['PEG_RECONCILE_STOPPED', 'reconcile-stopped'],
  ])('of %s are one: %s', (event, name) => {
    expect(wokenBy(infraFiles(), event)).toEqual([name]);
  });

  test.each([
    ['one event of two that nobody logs', "'PEG_STEP_FAILED'", "'PEG_STEP_BROKEN'"],
    ['an event that nobody logs', "'PEG_MAIL_FAILED'", "'PEG_MAIL_LOST'"],
    ['a function that does not exist', '== "webhook"', '== "hook"'],
    ['a filter that is none', '| where tostring(line["function"]) == "webhook"', 'or true'],
    ['no event at all', "['PEG_MAIL_FAILED']", '[]'],
    ['a window that ends where the next begins', "window: 'PT15M'", "window: 'PT5M'"],
    ['another table', "query: 'traces |", "query: 'requests |"],
    ['lines that are not read', 'extend line = parse_json(message)', 'extend line = message'],
    ['events that are left out', 'in ("${join', '!in ("${join'],
    ['an event of its own instead of the rule’s', `("\${join(rule.events, '", "')}")`, '("PEG_SWEPT")'],
    ['a filter that is not asked for', ' ${rule.filter}', ''],
    ['a rule that is off', '      enabled: true', '      enabled: false'],
    ['rules that tell nobody', 'actionGroups: [people.id]', 'actionGroups: []'],
    ['people who are not told', '    enabled: true\n    groupShortName', '    enabled: false\n    groupShortName'],
    ['nobody’s address', 'for address in addresses:', 'for address in []:'],
    ['a count that must be low where it must be high', "'GreaterThan'", "'LessThan'"],
    ['a count that must be high where it must be low', "'LessThan'", "'GreaterThan'"],
    ['a threshold that is the same for all', 'threshold: rule.over', 'threshold: 10'],
    ['silence that is not seen', 'threshold: 1\n', 'threshold: 0\n'],
    ['the heartbeats taken for what is loud', LOUD.slice(4), LOUD.slice(4).replace('loud', 'silent')],
    ['one alert for all checks of the canary', "rule.name == 'canary-red' ? byCode : []", '[]'],
    ['codes that are left out', "values: ['*']", "values: ['list-subscriptions']"],
    ['another log', 'scopes: [insightsId]', 'scopes: [resourceGroup().id]'],
  ])('are seen with %s', (_, from, to) => {
    expect(alertFaults(broken(ALERTS, from, to))).not.toEqual([]);
  });

  test.each([
    ['addresses of nobody', 'addresses: alertAddresses', 'addresses: []'],
    ['the log of something else', 'insightsId: monitoring.outputs.insightsId', 'insightsId: identity.id'],
  ])('are seen when they are given %s', (_, from, to) => {
    expect(alertFaults(broken(MAIN, from, to))).not.toEqual([]);
  });
});
