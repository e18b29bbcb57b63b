// Jest's globalSetup: plain JavaScript, as jest loads it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export default async () => {
  const farm = fork(fileURLToPath(new URL('farm.ts', import.meta.url)));
  const ended = new Promise((_, reject) => {
    farm.once('exit', (code, signal) => {
      const what = `The process of the stand-ins ended with ${code ?? signal}: no test can reach them any more.`;
      console.error(what);
      reject(new Error(what));
    });
  });
  const [port] = await Promise.race([once(farm, 'message'), ended]);
  process.env.STAND_IN_FARM = `http://127.0.0.1:${port}`;
  globalThis.standInFarm = farm;
};
