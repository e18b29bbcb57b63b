import { app } from '@azure/functions';
import { worker } from '../src/handlers.ts';

const connection = 'AzureWebJobsStorage';

app.storageQueue('marketplace-events', {
  queueName: 'marketplace-events',
  connection,
  handler: worker('marketplaceEvents'),
});

app.storageQueue('marketplace-events-poison', {
  queueName: 'marketplace-events-poison',
  connection,
  handler: worker('marketplaceEventsPoison'),
});
