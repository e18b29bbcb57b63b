import * as fc from 'fast-check';

/** Stands for something personal: in every value that is sent, and to be seen in no answer and no log. */
export const CANARY = 'canary.7f3a@example.org';

const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20 })
  .map((codes) => String.fromCharCode(...codes));
const ODD_TEXTS = [
  '',
  ' ',
  '\u0000',
  '\r\nx-injected: 1',
  '\ud800',
  '\udc00\ud800',
  '\ufeff',
  '\u202e',
  '\u0085',
  '🏳️‍🌈'.repeat(40),
  "' or PartitionKey ne '",
  '../../operator/subscriptions',
  '%2e%2e%2f%00',
  '${7*7}{{7*7}}<script>',
  'null',
  '__proto__',
  'x'.repeat(5000),
];

/** Text of any code units, lone surrogates and control characters among them. */
export const text = fc.oneof(fc.constantFrom(...ODD_TEXTS), units, fc.string({ unit: 'binary', maxLength: 300 }));

const oddKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'then',
  'toJSON',
  '',
  '0',
  'a/b~c',
  'x'.repeat(60),
  'purchaseToken',
  'subscriptionId',
  'contact',
  'email',
  'reason',
);
const key = fc.oneof(oddKey, text);
const scalar = fc.oneof(
  text,
  text.map((words) => `${words}${CANARY}`),
  fc.constantFrom<unknown>(null, true, false, 0, -0, 1e308, -1, 9_007_199_254_740_991, 0.1),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constant({ length: { toString: 0 } }),
);

/** JSON of any shape. */
export const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 5 }),
  ),
})).value;

const deep = fc.tuple(
  fc.constantFrom('[', '{"a":', '{"contact":', '{"__proto__":'),
  fc.integer({ min: 1, max: 20_000 }),
);
const nested = deep.map(([open, depth]) => {
  const times = Math.min(depth, Math.floor(64_000 / (open.length + 1)));
  return `${open.repeat(times)}1${(open === '[' ? ']' : '}').repeat(times)}`;
});
const huge = fc
  .tuple(
    fc.constantFrom('reason', 'purchaseToken', 'contact', 'subscriptionId'),
    fc.integer({ min: 60_000, max: 140_000 }),
  )
  .map(([name, length]) => JSON.stringify({ [name]: 'é'.repeat(length / 2) }));
const wide = fc
  .integer({ min: 100, max: 5000 })
  .map((count) => `{"contact":{${Array.from({ length: count }, (_, index) => `"f${index}":"x"`).join(',')}}}`);
const notJson = fc.oneof(
  text,
  json.map((value) => JSON.stringify(value).slice(0, -1)),
  fc.constantFrom(
    '',
    ' ',
    '{',
    'undefined',
    'NaN',
    '01',
    "{'a':1}",
    '{"a":1,}',
    '\ufeff{}',
    '1e999',
    '{}{}',
    '/*x*/{}',
  ),
);

/** The bytes of a body: JSON of any shape and size, and what is none, invalid UTF-8 included. */
export const anyBody: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  { weight: 12, arbitrary: json.map((value) => JSON.stringify(value)) },
  { weight: 3, arbitrary: notJson },
  { weight: 1, arbitrary: nested },
  { weight: 1, arbitrary: huge },
  { weight: 1, arbitrary: wide },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 200 }) },
);

type Place = Record<string, unknown>;

const isPlace = (value: unknown): value is Place => typeof value === 'object' && value !== null;

const placesIn = (value: unknown): Place[] =>
  isPlace(value) ? [value, ...Object.values(value).flatMap((inner) => placesIn(inner))] : [];

const change = fc.record({
  /** Which object, and which of its members, counted round. */
  where: fc.nat(),
  member: fc.nat(),
  /** `undefined`: the member is removed. */
  value: fc.option(json, { nil: undefined, freq: 4 }),
  /** A new member instead of the one there. */
  name: fc.option(key, { nil: undefined, freq: 2 }),
});

/** A valid body with one to three members changed, removed or added. */
export const mutated = (valid: () => unknown): fc.Arbitrary<string> =>
  fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const body = structuredClone(valid());
    for (const { where, member, value, name } of changes) {
      const places = placesIn(body);
      const place = places[where % places.length] ?? {};
      const names = Object.keys(place);
      const target = name ?? names[member % names.length] ?? 'x';
      if (value === undefined) Reflect.deleteProperty(place, target);
      else if (!(Array.isArray(place) && target === 'length')) {
        const copy: unknown = JSON.parse(JSON.stringify(value));
        Reflect.defineProperty(place, target, { value: copy, enumerable: true, configurable: true, writable: true });
      }
    }
    return JSON.stringify(body);
  });
