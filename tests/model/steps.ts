import * as fc from 'fast-check';
import type { Switches } from '../../local/marketplace/control.ts';

/** What can happen next, to one of the purchases of the story (`which` counts them, modulo). All of it is plain data. */
export type Step =
  | { do: 'buy'; planId: string; quantity?: number; person: string }
  | { do: 'land' | 'onboard' | 'confirm' | 'activate' | 'cancel'; which: number }
  | { do: 'change-plan'; which: number; planId: string }
  | { do: 'change-seats'; which: number; quantity: number }
  | { do: 'microsoft'; which: number; action: string; planId?: string; quantity?: number }
  | { do: 'lie'; which: number; action: string }
  | { do: 'repeat'; which: number }
  | { do: 'switch'; switches: Partial<Switches> }
  | {
      do: 'fault';
      operation: 'get' | 'get-operation' | 'patch-operation' | 'activate' | 'change';
      how: 'status' | 'before' | 'after' | 'slow';
    }
  | { do: 'pass'; seconds: number }
  | { do: 'wait'; milliseconds: number }
  | { do: 'at-once'; steps: Step[] }
  /** Until nothing is in the queues. */
  | { do: 'rest' }
  | { do: 'kill' };

const which = fc.nat({ max: 2 });
const planId = fc.constantFrom('starter', 'team', 'enterprise');
const quantity = fc.integer({ min: 1, max: 20 });

const buy = fc.oneof(
  fc.record({
    do: fc.constant('buy' as const),
    planId: fc.constantFrom('starter', 'growth-auto'),
    person: fc.constantFrom('buyer', 'personal'),
  }),
  fc.record({ do: fc.constant('buy' as const), planId: fc.constant('team'), quantity, person: fc.constant('buyer') }),
);

const person = (act: 'land' | 'onboard' | 'confirm' | 'activate' | 'cancel') =>
  fc.record({ do: fc.constant(act), which });

const microsoft = fc.oneof(
  fc.record({ do: fc.constant('microsoft' as const), which, action: fc.constant('ChangePlan'), planId }),
  fc.record({ do: fc.constant('microsoft' as const), which, action: fc.constant('ChangeQuantity'), quantity }),
  fc.record({
    do: fc.constant('microsoft' as const),
    which,
    action: fc.constantFrom('Renew', 'Suspend', 'Suspend', 'Reinstate', 'Reinstate', 'Unsubscribe', 'Transfer'),
  }),
);

const switches = fc.oneof(
  fc.record({ webhookCopies: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ webhookDelaysSeconds: fc.constantFrom([0], [2, 0], [0, 1, 3]) }),
  fc.record({ effectLagSeconds: fc.constantFrom(0, 2, 5) }),
  fc.record({ webhookTokenVersion: fc.constantFrom(1 as const, 2 as const) }),
  fc.record({
    webhookPayload: fc
      .subarray(['minimal', 'extra-fields', 'string-quantities', 'padded', 'old-status'] as const)
      .map((all) => [...all]),
  }),
  fc.record({ notifyOnlyOperation: fc.constantFrom(200 as const, 404 as const, 400 as const) }),
  fc.record({ subscribeWebhook: fc.constantFrom('at-purchase' as const, 'after-landing' as const) }),
  fc.record({ activate: fc.constantFrom('sync' as const, 'delayed' as const), activateDelaySeconds: fc.constant(2) }),
  fc.record({ repeatActivate: fc.constantFrom(400 as const, 200 as const) }),
  fc.record({ linkHost: fc.constantFrom('own' as const, 'foreign' as const) }),
);

/** What people and Microsoft may do in the same moment. */
const acts: fc.Arbitrary<Step> = fc.oneof(
  person('land'),
  person('onboard'),
  person('confirm'),
  person('activate'),
  microsoft,
  microsoft,
  fc.record({ do: fc.constant('repeat' as const), which }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('at-once' as const),
      steps: fc.array(acts, { minLength: 2, maxLength: 5 }),
    }),
  },
  { weight: 2, arbitrary: buy },
  { weight: 2, arbitrary: person('land') },
  { weight: 3, arbitrary: person('onboard') },
  { weight: 3, arbitrary: person('confirm') },
  { weight: 3, arbitrary: person('activate') },
  { weight: 1, arbitrary: person('cancel') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('change-plan' as const), which, planId }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('change-seats' as const), which, quantity }) },
  { weight: 6, arbitrary: microsoft },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('lie' as const),
      which,
      action: fc.constantFrom('Suspend', 'Unsubscribe', 'ChangePlan'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat' as const), which }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('switch' as const), switches }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('fault' as const),
      operation: fc.constantFrom(
        'get' as const,
        'get-operation' as const,
        'patch-operation' as const,
        'activate' as const,
        'change' as const,
      ),
      how: fc.constantFrom('status' as const, 'before' as const, 'after' as const, 'slow' as const, 'slow' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('pass' as const),
      seconds: fc.constantFrom(1, 11, 60, 86_400, 31 * 86_400),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), milliseconds: fc.constantFrom(50, 300, 1000) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rest' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('kill' as const) }) },
);

/** A story begins with a purchase that comes as far as being billed more often than chance would have it. */
const beginning: fc.Arbitrary<Step[]> = fc.oneof(
  fc.tuple(buy).map((steps) => [...steps]),
  fc
    .tuple(
      buy,
      person('land'),
      person('onboard'),
      fc.constant<Step>({ do: 'rest' }),
      person('confirm'),
      person('activate'),
      fc.constant<Step>({ do: 'rest' }),
    )
    .map((steps) => steps.map((one): Step => ('which' in one ? { ...one, which: 0 } : one))),
);

/** Of what Microsoft does to the first purchase, one after the other, some with time to come to rest. */
const life: fc.Arbitrary<Step[]> = fc
  .array(fc.tuple(microsoft, fc.boolean()), { maxLength: 4 })
  .map((all) =>
    all.flatMap(([act, rests]): Step[] => [{ ...act, which: 0 }, ...(rests ? [{ do: 'rest' } as const] : [])]),
  );

/** A random story of so many steps at most, beside its beginning. */
export const story = (longest: number): fc.Arbitrary<Step[]> =>
  fc
    .tuple(beginning, life, fc.array(step, { minLength: 3, maxLength: longest }))
    .map(([first, then, rest]) => [...first, ...then, ...rest]);
