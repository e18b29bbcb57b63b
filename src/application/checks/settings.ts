import { type Check, ok, warning } from './check.ts';

const ENVIRONMENT = 'portal.azure.com > the function app > Settings > Environment variables';

const NOBODY = {
  found: 'OPERATOR_EMAILS is empty.',
  cause: 'Nobody is told of new customers: they are seen in the console only.',
  fix: `Set OPERATOR_EMAILS: ${ENVIRONMENT}.`,
};
const PAUSED = {
  found: 'PAUSE_ACTIVATIONS is true.',
  cause: 'Somebody has stopped all new billing: whoever asks for it waits.',
  fix: `When the reason is gone, set PAUSE_ACTIVATIONS to false: ${ENVIRONMENT} (docs/doctor.md#settings).`,
};

/** The app does not start with settings that are not right: where this runs in the app, they are. */
export const settings: Check = {
  id: 'settings',
  title: 'Settings',
  proves: 'Every setting is there and has the form that the app needs.',
  run: async ({ facts }) => {
    const odd = [...(facts.operators > 0 ? [] : [NOBODY]), ...(facts.areActivationsPaused ? [PAUSED] : [])];
    if (odd.length === 0) return ok('All settings are there and well formed.');
    const all = (part: keyof typeof NOBODY): string => odd.map((one) => one[part]).join(' ');
    return warning(`All settings are well formed. ${all('found')}`, { cause: all('cause'), fix: all('fix') });
  },
};
