import { app } from '@azure/functions';
import { workers } from '../src/composition.ts';

const connection = 'AzureWebJobsStorage';

app.storageQueue('provisioning', { queueName: 'provisioning', connection, handler: workers.provisioning });

app.storageQueue('provisioning-poison', {
  queueName: 'provisioning-poison',
  connection,
  handler: workers.provisioningPoison,
});
