import { app } from '@azure/functions';
import { http, timer } from '../src/handlers.ts';

const ROUTE = 'operator/reconcile';

// One tick works for 4 minutes at most; the next one goes on.
app.timer('reconcile', { schedule: '0 */5 * * * *', handler: timer('reconcile') });

app.http('reconcile-show', {
  route: ROUTE,
  methods: ['GET'],
  authLevel: 'anonymous',
  handler: http('reconcileShow'),
});

app.http('reconcile-ask', {
  route: ROUTE,
  methods: ['POST'],
  authLevel: 'anonymous',
  handler: http('reconcileAsk'),
});
