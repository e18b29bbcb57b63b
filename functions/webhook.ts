import { app } from '@azure/functions';
import { http } from '../src/handlers.ts';

app.http('webhook', { route: 'webhook', methods: ['POST'], authLevel: 'anonymous', handler: http('webhook') });
