import { type Check, ok, warning } from './check.ts';

/** The app does not start with settings that are not right: where this runs in the app, they are. */
export const settings: Check = {
  id: 'settings',
  title: 'Settings',
  proves: 'Every setting is there and has the form that the app needs.',
  run: async ({ facts }) =>
    facts.operators > 0
      ? ok('All settings are there and well formed.')
      : warning('All settings are well formed; OPERATOR_EMAILS is empty.', {
          cause: 'Nobody is told of new customers: they are seen in the console only.',
          fix: 'Set OPERATOR_EMAILS: portal.azure.com > the function app > Settings > Environment variables.',
        }),
};
