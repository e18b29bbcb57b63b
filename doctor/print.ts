import type { CheckResult } from '../src/application/checks/check.ts';
import type { PartnerCenterLine } from '../src/application/checks/partner-center.ts';
import type { Report } from '../src/application/checks/report.ts';

const MARKS: Record<CheckResult['state'], string> = {
  ok: 'ok',
  failed: 'FAILED',
  warning: 'warning',
  'not-checked': 'not checked',
};

const PROOFS: Record<PartnerCenterLine['proof'], string> = {
  proven: 'proven',
  'how-to-prove': 'how to prove',
  'not-provable': 'not provable from here',
};

const INDENT = ' '.repeat(13);

const lineOf = ({ state, title, found, cause, fix, retest }: CheckResult): string => {
  const remedy = [
    ['why', cause],
    ['do', fix],
    ['then', state === 'failed' || state === 'warning' ? retest : undefined],
  ].flatMap(([name, text]) => (text === undefined ? [] : [`${INDENT}${`${name}:`.padEnd(6)}${text}`]));
  return [`${MARKS[state].padEnd(INDENT.length)}${title}: ${found}`, ...remedy].join('\n');
};

const counted = (checks: CheckResult[]): string =>
  Object.entries(MARKS)
    .map(([state, mark]) => `${checks.filter((one) => one.state === state).length} ${mark}`)
    .join(', ');

const partnerCenterText = (lines: PartnerCenterLine[]): string[] =>
  lines.length === 0
    ? []
    : [
        '\nPartner Center, technical configuration:',
        ...lines.map(({ field, value, proof, how }) =>
          [`  ${field.padEnd(32)}${value ?? ''}`.trimEnd(), `${' '.repeat(34)}${PROOFS[proof]}: ${how}`].join('\n'),
        ),
      ];

/** The report for people. */
export const toText = ({ checks, partnerCenter }: Report): string =>
  `${[...checks.map(lineOf), ...partnerCenterText(partnerCenter), '', `${counted(checks)}.`].join('\n')}\n`;
