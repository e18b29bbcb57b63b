import { app } from '@azure/functions';
import { timer } from '../src/handlers.ts';

app.timer('sweep', { schedule: '0 * * * * *', handler: timer('sweep') });
