import { app } from '@azure/functions';
import { timers } from '../src/composition.ts';

app.timer('sweep', { schedule: '0 * * * * *', handler: timers.sweep });
