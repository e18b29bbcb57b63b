/** One measured thing. `ratio` is value over baseline; `limit` is what design 9 allows, for the ratio where there is one. */
export type Result = { value: number; unit: string; baseline?: number; ratio?: number; limit: number; holds: boolean };

export type Results = Record<string, Result>;

export const median = (values: number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return (low + high) / 2;
};

const rounded = (value: number): number => Number(value.toPrecision(4));

/** A count or a size that may be at most `limit`. */
export const atMost = (value: number, unit: string, limit: number): Result => ({
  value: rounded(value),
  unit,
  limit,
  holds: value <= limit,
});

/** A time or a rate against the baseline of the same run. */
export const against = (
  value: number,
  baseline: number,
  unit: string,
  limit: { most: number } | { least: number },
): Result => {
  const ratio = value / baseline;
  const holds = 'most' in limit ? ratio <= limit.most : ratio >= limit.least;
  return {
    value: rounded(value),
    unit,
    baseline: rounded(baseline),
    ratio: rounded(ratio),
    limit: 'most' in limit ? limit.most : limit.least,
    holds,
  };
};
