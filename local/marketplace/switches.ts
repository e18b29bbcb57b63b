import type { SwitchesPatch } from './control-schema.ts';

/** How Microsoft behaves where its documents leave it open (contract, marks AMB). */
export type Switches = { [name in keyof SwitchesPatch]-?: NonNullable<SwitchesPatch[name]> };

/** Page sizes as recorded (contract 2.6); the delay is short of real minutes so that a person can watch. */
export const defaultSwitches = (): Switches => ({
  activate: 'sync',
  activateDelaySeconds: 5,
  activateBody: 'ignored',
  repeatActivate: 400,
  listPageSizes: [66, 70, 87, 68, 89],
});
