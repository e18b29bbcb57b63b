import type { Clock } from '../../application/ports.ts';
import { fetchSigningKeys, type SigningKey, type TokenVersion } from './key-document.ts';

export type WantedKey = {
  tenantId: string;
  kid: string;
  /** The issuer of the token that names the key. */
  issuer: string;
};

/**
 * `unknown-key`: the tenant's keys as they are now do not hold it, so the token is bad. `unavailable`: nobody can tell
 * now; it says nothing about the token (P5). `reason` is for the log.
 */
export type KeySearch =
  | { kind: 'key'; jwk: SigningKey['jwk'] }
  | { kind: 'unknown-key'; reason: string }
  | { kind: 'unavailable'; reason: string; retryAfterSeconds: number };

export type SigningKeys = { find(wanted: WantedKey): Promise<KeySearch> };

const SECOND = 1000;
const HOUR = 3600 * SECOND;
/** Keys are fetched anew after half a day; while Entra cannot be reached they serve for the rest of it, not longer. */
const REFRESH_AFTER = 12 * HOUR;
const DROP_AFTER = 24 * HOUR;
const COOLDOWN = 30 * SECOND;
const REMEMBER_UNKNOWN_TENANT = 300 * SECOND;
const TENANTS_KEPT = 200;
const MISSES_KEPT = 1000;
/** A flood that names ever new tenants shall not open sockets without end. */
const LOADS_AT_ONCE = 32;
const RETRY_OUTAGE_SECONDS = 5;

/** Instants are milliseconds since 1970. */
type Entry = { keys: SigningKey[]; loadedAt: number; refreshAt: number; refetchAt: number };
type Miss = { until: number; answer: KeySearch };

const unavailable = (reason: string, retryAfterSeconds = RETRY_OUTAGE_SECONDS): KeySearch => ({
  kind: 'unavailable',
  reason,
  retryAfterSeconds,
});

const keep = <Value>(kept: Map<string, Value>, key: string, value: Value, limit: number): void => {
  kept.delete(key);
  kept.set(key, value);
  for (const oldest of kept.keys()) {
    if (kept.size <= limit) return;
    kept.delete(oldest);
  }
};

const maySign = (key: SigningKey, { tenantId, issuer }: WantedKey): boolean =>
  key.issuer === undefined || key.issuer.replaceAll('{tenantid}', tenantId) === issuer;

const pick = (keys: SigningKey[], wanted: WantedKey): KeySearch | undefined => {
  const named = keys.filter((key) => key.kid === wanted.kid);
  const allowed = named.find((key) => maySign(key, wanted));
  if (allowed !== undefined) return { kind: 'key', jwk: allowed.jwk };
  return named.length > 0 ? { kind: 'unknown-key', reason: 'key of another issuer' } : undefined;
};

/** Of keys fetched this moment: what is not among them does not exist. */
const judge = (loaded: Entry | KeySearch, wanted: WantedKey): KeySearch =>
  'kind' in loaded ? loaded : (pick(loaded.keys, wanted) ?? { kind: 'unknown-key', reason: 'unknown key' });

/**
 * The keys that Entra signs access tokens of one version (2.0) with, per tenant: fetched when first needed, shared by all who wait, renewed
 * twice a day. A `kid` that is not there has them fetched again, at most every 30 s per tenant: keys rotate unannounced
 * (contract 8). Tenants that do not exist are remembered for five minutes. Holds the 200 tenants used last.
 */
export const signingKeys = (options: {
  authority: string;
  clock: Clock;
  timeoutMs?: number;
  version?: TokenVersion;
}): SigningKeys => {
  const source = { authority: options.authority, timeoutMs: options.timeoutMs ?? 5000 };
  const tenants = new Map<string, Entry>();
  const misses = new Map<string, Miss>();
  const loading = new Map<string, Promise<Entry | KeySearch>>();
  const now = (): number => options.clock().getTime();

  const miss = (tenant: string, answer: KeySearch, milliseconds: number): KeySearch => {
    keep(misses, tenant, { until: now() + milliseconds, answer }, MISSES_KEPT);
    return answer;
  };

  const fetchEntry = async (tenant: string): Promise<Entry | KeySearch> => {
    const document = await fetchSigningKeys(source, tenant, options.version ?? '2.0');
    if (document.kind === 'keys') {
      const at = now();
      const entry = { keys: document.keys, loadedAt: at, refreshAt: at + REFRESH_AFTER, refetchAt: at };
      keep(tenants, tenant, entry, TENANTS_KEPT);
      return entry;
    }
    if (document.kind === 'unknown-tenant') {
      return miss(tenant, { kind: 'unknown-key', reason: 'unknown tenant' }, REMEMBER_UNKNOWN_TENANT);
    }
    if (document.kind === 'no-metadata') {
      return miss(tenant, unavailable(document.reason, COOLDOWN / SECOND), COOLDOWN);
    }
    return unavailable(document.reason);
  };

  const load = (tenant: string): Promise<Entry | KeySearch> => {
    const underway = loading.get(tenant);
    if (underway !== undefined) return underway;
    if (loading.size >= LOADS_AT_ONCE) return Promise.resolve(unavailable('too many tenants at once'));
    const started = fetchEntry(tenant).finally(() => loading.delete(tenant));
    loading.set(tenant, started);
    return started;
  };

  const recentMiss = (tenant: string): KeySearch | undefined => {
    const known = misses.get(tenant);
    return known !== undefined && known.until > now() ? known.answer : undefined;
  };

  const refetch = async (tenant: string): Promise<Entry | KeySearch> => {
    const loaded = await load(tenant);
    if (!('kind' in loaded)) loaded.refetchAt = loaded.loadedAt + COOLDOWN;
    return loaded;
  };

  const refresh = (tenant: string, entry: Entry): Promise<Entry | KeySearch> => {
    entry.refreshAt = now() + COOLDOWN;
    return load(tenant);
  };

  const find = async (wanted: WantedKey): Promise<KeySearch> => {
    const tenant = wanted.tenantId.toLowerCase();
    const entry = tenants.get(tenant);
    if (entry === undefined || now() >= entry.loadedAt + DROP_AFTER) {
      return judge(recentMiss(tenant) ?? (await load(tenant)), wanted);
    }
    keep(tenants, tenant, entry, TENANTS_KEPT);

    const refreshed = now() >= entry.refreshAt ? await refresh(tenant, entry) : entry;
    if (refreshed !== entry && !('kind' in refreshed)) return judge(refreshed, wanted);
    const found = pick(entry.keys, wanted);
    if (found !== undefined) return found;
    if ('kind' in refreshed) return refreshed;

    const waitMs = entry.refetchAt - now();
    if (waitMs > 0) return unavailable('unknown key, fetched just before', Math.ceil(waitMs / SECOND));
    return judge(await refetch(tenant), wanted);
  };

  return { find };
};
