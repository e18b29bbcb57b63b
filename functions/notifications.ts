import { app } from '@azure/functions';
import { workers } from '../src/composition.ts';

const connection = 'AzureWebJobsStorage';

app.storageQueue('notifications', { queueName: 'notifications', connection, handler: workers.notifications });

app.storageQueue('notifications-poison', {
  queueName: 'notifications-poison',
  connection,
  handler: workers.notificationsPoison,
});
