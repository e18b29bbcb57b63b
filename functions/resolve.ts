import { app } from '@azure/functions';
import { http } from '../src/handlers.ts';

app.http('resolve', { route: 'resolve', methods: ['POST'], authLevel: 'anonymous', handler: http('resolve') });
