import { app } from '@azure/functions';
import { http } from '../src/handlers.ts';

app.http('health', { route: 'health', methods: ['GET'], authLevel: 'anonymous', handler: http('health') });
