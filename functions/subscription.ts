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

app.http('subscription-plans', {
  route: 'subscriptions/{id}/plans',
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: http('plans'),
});

app.http('subscription-change', {
  route: 'subscriptions/{id}',
  methods: ['PATCH'],
  authLevel: 'anonymous',
  handler: http('changeSubscription'),
});

app.http('subscription-cancel', {
  route: 'subscriptions/{id}',
  methods: ['DELETE'],
  authLevel: 'anonymous',
  handler: http('cancelSubscription'),
});
