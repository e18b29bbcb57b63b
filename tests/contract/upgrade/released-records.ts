import { readdirSync, readFileSync } from 'node:fs';

type Rows = { partitionKey: string; rowKey: string; [property: string]: string | number }[];

/** What a released version stored of one subscription: rows of two tables (docs/upgrades.md). */
export type Released = { version: string; name: string; tables: { Subscriptions: Rows; Organizations: Rows } };

const FOLDER = 'tests/fixtures/records';

export const releasedVersions = (): string[] => readdirSync(FOLDER).toSorted();

export const released = (): Released[] =>
  releasedVersions().flatMap((version) =>
    readdirSync(`${FOLDER}/${version}`).map((file) => ({
      version,
      name: file.replace('.json', ''),
      tables: JSON.parse(readFileSync(`${FOLDER}/${version}/${file}`, 'utf8')) as Released['tables'],
    })),
  );

/** What a released version stored that belongs to no record: notices, what could not be read, and table `Offers`. */
export type ReleasedAround = { version: string; tables: { Subscriptions: Rows; Offers: Rows } };

const AROUND = 'tests/fixtures/around';

export const releasedAround = (): ReleasedAround[] =>
  readdirSync(AROUND)
    .toSorted()
    .map((file) => ({
      version: file.replace('.json', ''),
      tables: JSON.parse(readFileSync(`${AROUND}/${file}`, 'utf8')) as ReleasedAround['tables'],
    }));
