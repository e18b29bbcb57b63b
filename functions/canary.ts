import { app } from '@azure/functions';
import { http, timer } from '../src/handlers.ts';

app.timer('canary', { schedule: '0 20 * * * *', handler: timer('canary') });

app.http('set-up', { route: 'operator/set-up', methods: ['GET'], authLevel: 'anonymous', handler: http('setUp') });

app.http('set-up-test-mail', {
  route: 'operator/set-up/test-mail',
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('setUpTestMail'),
});
