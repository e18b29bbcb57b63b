import type { ChangeResult } from '../../../src/application/change-subscription.ts';
import type { PlansAnswer } from '../../../src/application/list-plans.ts';
import type { View } from '../../../src/application/view.ts';
import type { Asked } from '../../../src/domain/transitions/changes.ts';
import type { Answer } from '../../api/client.ts';
import type { Problem } from '../../api/problem.ts';
import type { Tools } from '../tools.ts';

/** What the subscription may change to. */
export const askForPlans = async ({ api, failed }: Tools, { id }: View): Promise<Answer<PlansAnswer>> => {
  const answer = await api.get<PlansAnswer>(`/subscriptions/${id}/plans`);
  if (!answer.ok) failed(answer.problem);
  return answer;
};

/** Changes or cancels the subscription; answers why not, when there is something left to press. */
export const askForChange = (
  { api, ask, update }: Tools,
  asked: Asked,
  planNames: Record<string, string>,
): Promise<Problem | undefined> =>
  ask<ChangeResult>(
    'change',
    (id) => {
      const path = `/subscriptions/${id}`;
      return asked === 'cancel' ? api.call('DELETE', path) : api.call('PATCH', path, asked);
    },
    ({ subscription }) => update(subscription, { planNames }),
  );
