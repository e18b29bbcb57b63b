import { app } from '@azure/functions';
import { worker } from '../src/handlers.ts';

const connection = 'AzureWebJobsStorage';

app.storageQueue('provisioning', { queueName: 'provisioning', connection, handler: worker('provisioning') });

app.storageQueue('provisioning-poison', {
  queueName: 'provisioning-poison',
  connection,
  handler: worker('provisioningPoison'),
});
