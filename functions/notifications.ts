import { app } from '@azure/functions';
import { worker } from '../src/handlers.ts';

const connection = 'AzureWebJobsStorage';

app.storageQueue('notifications', { queueName: 'notifications', connection, handler: worker('notifications') });

app.storageQueue('notifications-poison', {
  queueName: 'notifications-poison',
  connection,
  handler: worker('notificationsPoison'),
});
