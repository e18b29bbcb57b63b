import { app } from '@azure/functions';
import { http } from '../src/handlers.ts';

app.http('subscription', {
  route: 'subscriptions/{id}',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: http('getSubscription'),
});

app.http('subscription-activate', {
  route: 'subscriptions/{id}/activate',
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('activate'),
});
