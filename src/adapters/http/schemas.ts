import * as z from 'zod/mini';

/** One line of text. */
// In two steps: the checks of a length look at the `length` of whatever came, of an object too, and fall over it.
export const text = (label: string, most: number) =>
  z.pipe(
    z.string({ error: `${label} must be text.` }),
    z.string().check(
      z.trim(),
      z.minLength(1, { error: `Enter ${label.toLowerCase()}.` }),
      z.maxLength(most, { error: `${label} may be ${most} characters long at most.` }),
      // Line ends and control characters have no place in a name and begin most header injections.
      z.regex(/^\P{Cc}*$/u, { error: `${label} may not hold control characters.` }),
    ),
  );

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The canonical spelling of a subscription id, or `undefined` when it is none. */
export const toSubscriptionId = (value: string | undefined): string | undefined =>
  value !== undefined && GUID.test(value) ? value.toLowerCase() : undefined;

// Letters beyond ASCII need a mail service that speaks SMTPUTF8 all the way; ours refuses them.
const EMAIL = /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z\d-]+(\.[a-z\d-]+)+$/i;

const email = z.pipe(
  z.string({ error: 'The e-mail address must be text.' }),
  z.string().check(
    z.trim(),
    z.maxLength(254, { error: 'An e-mail address may be 254 characters long at most.' }),
    z.regex(EMAIL, {
      error: 'Enter an e-mail address in the form name@example.com, without accents or other special letters.',
    }),
  ),
);

const FIELDS = ['name', 'email', 'company', 'phone'];
const MOST_OTHER_FIELDS = 10;

const contact = z
  .catchall(
    z.object(
      {
        name: text('Name', 200),
        email,
        company: z.optional(text('Company', 200)),
        phone: z.optional(text('Phone', 50)),
      },
      { error: 'The contact must be an object.' },
    ),
    z.optional(text('This field', 500)),
  )
  .check(
    z.refine((fields) => Object.keys(fields).filter((name) => !FIELDS.includes(name)).length <= MOST_OTHER_FIELDS, {
      error: `A contact may have ${MOST_OTHER_FIELDS} further fields at most.`,
    }),
    z.refine((fields) => Object.keys(fields).every((name) => /^[a-zA-Z][\w-]{0,49}$/.test(name)), {
      error: 'Further fields are named with letters, digits, _ and -.',
    }),
  );

export const onboardBody = z.object(
  {
    subscriptionId: z
      .string({ error: 'The subscription id must be text.' })
      .check(z.regex(GUID, { error: 'The subscription id must be a GUID.' }), z.toLowerCase()),
    contact,
  },
  { error: 'The body must be an object.' },
);

/** The token itself is checked by hand: missing, too long and refused are told apart. */
export const resolveBody = z.object(
  { purchaseToken: z.optional(z.nullable(z.string({ error: 'The purchase token must be text.' }))) },
  { error: 'The body must be an object.' },
);

/** `continue`: what becomes of a pass that was stopped; `false`: it begins again. */
export const reconcileBody = z.object(
  {
    reason: z.optional(text('Reason', 500)),
    continue: z.optional(z.boolean({ error: 'Continue must be true or false.' })),
  },
  { error: 'The body must be an object.' },
);

export const operatorBody = z.object(
  { reason: z.optional(text('Reason', 500)) },
  { error: 'The body must be an object.' },
);
