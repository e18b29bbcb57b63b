import { type Check, failed, notChecked, ok } from './check.ts';
import { IN_THE_APP } from './fulfilment-token.ts';

export const queues: Check = {
  id: 'queues',
  title: 'Work',
  proves: 'Workers take what is in the queues, and nothing lies in the poison queues.',
  run: async ({ storage }) => {
    if (!storage) return notChecked('The queues were not looked at.', IN_THE_APP);
    const all = await storage.depths();
    if (!all)
      return failed('The queues cannot be read.', {
        cause: 'Storage cannot be reached, or refuses.',
        fix: 'Mend the check storage-messages first.',
      });
    const list = all.map(({ name, count }) => `${name} ${count}`).join(', ');
    const poisoned = all.filter(({ name, count }) => name.endsWith('-poison') && count > 0);
    if (poisoned.length > 0)
      return failed(`${poisoned.map(({ name, count }) => `${name} ${count}`).join(', ')}.`, {
        cause:
          'Handlers failed 150 times with these messages, and what marks their work as failed does not run either.',
        fix: 'portal.azure.com > Application Insights > Logs: PEG_FAILED, and docs/runbook.md#poison. The messages go by themselves when the app runs again.',
      });
    const stuck = all.filter((queue) => queue.stuck > 0);
    if (stuck.length > 0)
      return failed(`Nobody takes what waits: ${stuck.map((queue) => `${queue.name} ${queue.stuck}`).join(', ')}.`, {
        cause: 'The app runs no workers: it is stopped, does not start, or its functions are disabled.',
        fix: 'portal.azure.com > the function app > Overview > Functions: provisioning, notifications and marketplace-events must be enabled; Log stream shows why they do not start.',
      });
    return ok(`${list || 'No queue exists yet'}.`);
  },
};
