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

app.http('operator-hold', {
  route: `${ROUTE}/{id}/hold`,
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('operatorHold'),
});

app.http('operator-release', {
  route: `${ROUTE}/{id}/release`,
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('operatorRelease'),
});

app.http('operator-refresh', {
  route: `${ROUTE}/{id}/refresh`,
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('operatorRefresh'),
});

app.http('operator-start', {
  route: `${ROUTE}/{id}/start`,
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('operatorStart'),
});

app.http('operator-note', {
  route: `${ROUTE}/{id}/note`,
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('operatorNote'),
});
