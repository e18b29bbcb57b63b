import type { Grants } from './grants.ts';
import type { KeyRing } from './keys.ts';
import type { Watch } from './watch.ts';

/** Client id to the addresses it may send people back to, compared exactly. Read at each request. */
export type RedirectUris = Readonly<Record<string, readonly string[]>>;

/** What the routes of the simulated Entra share. */
export type World = {
  entraUrl: string;
  keys: KeyRing;
  grants: Grants;
  watch: Watch;
  redirectUris: RedirectUris;
  /** Tenants whose administrator has to approve an application before anybody signs in to it. */
  approvalNeeded: Set<string>;
};
