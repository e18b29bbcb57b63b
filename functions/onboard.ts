import { app } from '@azure/functions';
import { http } from '../src/handlers.ts';

app.http('onboard', { route: 'onboard', methods: ['POST'], authLevel: 'anonymous', handler: http('onboard') });
