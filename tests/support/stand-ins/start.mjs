// Jest's globalSetup: plain JavaScript, as jest loads it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export default async () => {
  const farm = fork(fileURLToPath(new URL('farm.ts', import.meta.url)));
  const [port] = await once(farm, 'message');
  process.env.STAND_IN_FARM = `http://127.0.0.1:${port}`;
  globalThis.standInFarm = farm;
};
