import * as z from 'zod/mini';

const address = z.object({ address: z.email(), displayName: z.optional(z.string()) });

/** The body of a send (contract 9.1). Members that do not matter here are let through. */
const message = z.object({
  senderAddress: z.email(),
  content: z
    .object({
      subject: z.string().check(z.minLength(1)),
      plainText: z.optional(z.string()),
      html: z.optional(z.string()),
    })
    .check(
      z.refine((content) => content.html !== undefined || content.plainText !== undefined, 'no plainText and no html'),
    ),
  recipients: z.object({ to: z.array(address).check(z.minLength(1), z.maxLength(50)) }),
});

export type Message = z.infer<typeof message>;

/** Reads a send, or says what is wrong with it. */
export const readMessage = (body: Buffer): { message: Message } | { fault: string } => {
  try {
    const result = message.safeParse(JSON.parse(body.toString()));
    if (result.success) return { message: result.data };
    return { fault: z.prettifyError(result.error) };
  } catch {
    return { fault: 'The request body is not JSON.' };
  }
};
