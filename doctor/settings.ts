import { readFile } from 'node:fs/promises';

type Given = Record<string, string | undefined>;
type Listed = { name: string; value: string | null };

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
    throw new Error(`${file} cannot be read as settings.`, { cause });
  }
};

/** The app's settings: those of the file if one is named, else those of the environment. */
export const givenSettings = (file: string | undefined): Promise<Given> =>
  file === undefined ? Promise.resolve(process.env) : inFile(file);
