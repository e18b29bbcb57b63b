import type { Catalogue } from '../languages.ts';

/** The words of this part. The build puts in every language that there is. */
export declare const catalogue: Catalogue;
