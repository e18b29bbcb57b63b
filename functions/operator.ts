import { app } from '@azure/functions';
import { http } from '../src/handlers.ts';

const ROUTE = 'operator/subscriptions';

app.http('operator-list', { route: ROUTE, methods: ['GET'], authLevel: 'anonymous', handler: http('operatorList') });

app.http('operator-get', {
  route: `${ROUTE}/{id}`,
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: http('operatorGet'),
});

app.http('operator-confirm', {
  route: `${ROUTE}/{id}/confirm`,
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('operatorConfirm'),
});

app.http('operator-activate', {
  route: `${ROUTE}/{id}/activate`,
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('operatorActivate'),
});

app.http('operator-retry', {
  route: `${ROUTE}/{id}/retry`,
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('operatorRetry'),
});
