import { freePort } from '../../local/ports.ts';

/**
 * A free port for pages whose address is needed before they are there. Below 32768, from where on Linux takes ports for
 * outgoing connections: one of those may be taken again before the pages are.
 */
export const pagesPort = (): Promise<number> => freePort(20_000 + Math.floor(Math.random() * 12_000));
