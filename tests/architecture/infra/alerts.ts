import { isDeepStrictEqual } from 'node:util';
import { LOG_EVENTS } from '../../../src/application/log-events.ts';
import type { BicepFile } from './bicep.ts';
import { fileAt } from './files.ts';
import { triggers } from './functions.ts';
import { declared, pinFaults, variable } from './literal.ts';

const ALERTS = 'infra/modules/alerts.bicep';

type Rule = { name: string; severity: number; events: string[]; filter?: string; every: string; window: string };

const HEAD =
  'traces | extend line = parse_json(message) | where tostring(line.event) in ("${join(rule.events, \'", "\')}")';

/** What every rule does: look at our logs whenever it should, and tell people. */
const ALWAYS = {
  'properties.severity': 'rule.severity',
  'properties.enabled': 'true',
  'properties.scopes': '[insightsId]',
  'properties.evaluationFrequency': 'rule.every',
  'properties.windowSize': 'rule.window',
  'properties.criteria.allOf.0.timeAggregation': "'Count'",
  'properties.criteria.allOf.0.failingPeriods.numberOfEvaluationPeriods': '1',
  'properties.criteria.allOf.0.failingPeriods.minFailingPeriodsToAlert': '1',
  'properties.actions.actionGroups': '[people.id]',
};

const PINS: Record<string, Record<string, string>> = {
  people: {
    'properties.enabled': 'true',
    'properties.emailReceivers':
      '[ for address in addresses: { name: address emailAddress: address useCommonAlertSchema: true } ]',
  },
  loudRules: {
    ...ALWAYS,
    'properties.criteria.allOf.0.query': `'${HEAD} \${rule.filter} | extend code = tostring(line.code)'`,
    'properties.criteria.allOf.0.dimensions': "rule.name == 'canary-red' ? byCode : []",
    'properties.criteria.allOf.0.operator': "'GreaterThan'",
    'properties.criteria.allOf.0.threshold': 'rule.over',
  },
  silentRules: {
    ...ALWAYS,
    'properties.criteria.allOf.0.query': `'${HEAD}'`,
    'properties.criteria.allOf.0.operator': "'LessThan'",
    'properties.criteria.allOf.0.threshold': '1',
  },
};

const minutes = (duration: string): number => {
  const [, days = '0', hours = '0', rest = '0'] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/.exec(duration) ?? [];
  return (Number(days) * 24 + Number(hours)) * 60 + Number(rest);
};

const ruleFaults = ({ name, events, filter = '', every, window }: Rule): string[] => {
  const [, asked] = /^\| where tostring\(line\["function"\]\) == "([\w-]+)"$/.exec(filter) ?? [];
  const isKnown = filter === '' || triggers().some((one) => one.name === asked);
  const isSeen = minutes(every) > 0 && minutes(window) > minutes(every);
  return [
    ...(events.length > 0 ? [] : ['waits for nothing']),
    ...events.filter((event) => !(event in LOG_EVENTS)).map((event) => `waits for ${event}, which nobody logs`),
    ...(isKnown ? [] : [`asks for ${filter}`]),
    ...(isSeen ? [] : ['may miss a line that arrives late: its windows do not overlap']),
  ].map((fault) => `the alert ${name} ${fault}`);
};

/** Alerts that wait for a line that nobody writes, ask for it wrongly, or tell nobody. */
export const alertFaults = (files: BicepFile[]): string[] => {
  const file = fileAt(files, ALERTS);
  const main = fileAt(files, 'infra/main.bicep');
  const rules = ['loud', 'silent'].flatMap((name) => variable(file, name)) as Rule[];
  const codes = [{ name: 'code', operator: 'Include', values: ['*'] }];
  return [
    ...rules.flatMap(ruleFaults),
    ...Object.entries(PINS).flatMap(([symbol, pins]) => pinFaults(file, declared(file.resources, symbol), pins)),
    ...['loud', 'silent']
      .filter((kind) => !declared(file.resources, `${kind}Rules`).node.text.includes(`for rule in ${kind}: {`))
      .map((kind) => `nobody looks at what is ${kind}`),
    ...(isDeepStrictEqual(variable(file, 'byCode'), codes) ? [] : ['byCode is not each code by itself']),
    ...pinFaults(main, declared(main.modules, 'alerts'), {
      'params.insightsId': 'monitoring.outputs.insightsId',
      'params.addresses': 'alertAddresses',
    }),
  ];
};

/** The names of the alerts that a line of that event sets off. */
export const wokenBy = (files: BicepFile[], event: string): string[] =>
  ([variable(fileAt(files, ALERTS), 'loud')].flat() as Rule[])
    .filter(({ events }) => events.includes(event))
    .map(({ name }) => name);
