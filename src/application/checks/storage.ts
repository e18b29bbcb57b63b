import { type Check, type Finding, failed, notChecked, ok } from './check.ts';
import { IN_THE_APP } from './fulfilment-token.ts';
import type { StorageLook } from './probes.ts';

const ROLES = 'portal.azure.com > the data storage account > Access Control (IAM) > Role assignments';

const judge = (look: StorageLook, role: string, done: string): Finding => {
  if (look.kind === 'done') return ok(done);
  const { step, status, fault } = look;
  const found = `Could not ${step}: ${status === undefined ? fault : `storage answered ${status}`}.`;
  if (status === undefined)
    return failed(found, {
      cause: 'Storage cannot be reached: the name of the account is wrong, or its network lets the app not in.',
      fix: 'Correct AzureWebJobsStorage__accountName or the service addresses; portal.azure.com > the data storage account > Security + networking > Networking.',
    });
  if (status === 401 || status === 403)
    return failed(found, {
      cause: `The app's identity lacks the role ${role}, or has had it for less than 10 minutes; or the account's network or key refuses it.`,
      fix: `${ROLES}: give the app's identity ${role}. Deploying again sets it.`,
      retest: 'A new role takes up to 10 minutes.',
    });
  return failed(found, {
    cause: 'Storage has an outage, or is no storage account.',
    fix: 'portal.azure.com > the data storage account > Help > Resource health.',
  });
};

export const storageRows: Check = {
  id: 'storage-rows',
  title: 'Storage: tables',
  proves: 'The app may write, read and delete rows.',
  run: async ({ storage }) =>
    storage
      ? judge(await storage.tryRow(), 'Storage Table Data Contributor', 'A row was written, read and deleted.')
      : notChecked('Nothing was written.', IN_THE_APP),
};

export const storageMessages: Check = {
  id: 'storage-messages',
  title: 'Storage: queues',
  proves: 'The app may send, see and delete messages.',
  run: async ({ storage }) =>
    storage
      ? judge(await storage.tryMessage(), 'Storage Queue Data Contributor', 'A message was sent, seen and deleted.')
      : notChecked('Nothing was sent.', IN_THE_APP),
};
