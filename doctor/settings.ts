import { readFile } from 'node:fs/promises';
import { SETTINGS } from '../src/settings.ts';

type Given = Record<string, string | undefined>;
type Listed = { name: string; value: string | null };

const RECIPE = `This writes those of a deployed app into a file:
  mkdir -p .cache
  az functionapp config appsettings list --resource-group GROUP --name FUNCTION_APP --output json > .cache/settings.json
Those of npm start are in .cache/local.settings.json.`;

/**
 * The settings in a file: in the form of local.settings.json, or as `az functionapp config appsettings list` prints them.
 * @throws Error without a word of what is in the file
 */
const inFile = async (file: string): Promise<Given> => {
  try {
    const read = JSON.parse(await readFile(file, 'utf8')) as Listed[] | { Values?: Given };
    if (!Array.isArray(read)) return read.Values ?? {};
    return Object.fromEntries(read.map(({ name, value }) => [name, value ?? '']));
  } catch (cause) {
    throw new Error(`${file} cannot be read as settings.\n${RECIPE}`, { cause });
  }
};

/** Names without which the app does not start. The others may be set for another program: AZURE_CLIENT_ID for one. */
const areOurs = (given: Given): boolean =>
  Object.entries(SETTINGS).some(([name, { isRequired }]) => isRequired && given[name] !== undefined);

/**
 * The app's settings: those of the file if one is named, else those of the environment.
 * @throws Error where they hold none of the app's: then they are somebody else's, and nothing can be said of the app
 */
export const givenSettings = async (file: string | undefined): Promise<Given> => {
  const given = file === undefined ? process.env : await inFile(file);
  if (areOurs(given)) return given;
  throw new Error(
    file === undefined
      ? `Name the settings: --settings FILE. ${RECIPE}`
      : `${file} holds none of the app's settings: is it of the right function app?`,
  );
};
