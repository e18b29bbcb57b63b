import type { Needs } from '../needs.ts';
import type { Report } from './report.ts';

/** Says in the log how the set-up stands: an alert listens for red. */
export const canary = async ({ log }: Pick<Needs, 'log'>, examined: () => Promise<Report>): Promise<void> => {
  const { checks } = await examined();
  const red = checks.filter(({ state }) => state === 'failed');
  for (const { id } of red) log('PEG_CANARY_RED', { code: id });
  if (red.length === 0) log('PEG_CANARY_GREEN', { count: checks.filter(({ state }) => state === 'ok').length });
};
