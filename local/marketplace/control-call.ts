import type { Context } from 'hono';
import * as z from 'zod/mini';
import { ActRefused } from './operations/act.ts';
import { OrderRefused, type Purchase } from './purchases.ts';
import type { World } from './world.ts';

/** A 204. */
export const done = (): Response => new Response(null, { status: 204 });

/** How the control API says no. */
export const problem = (status: number, title: string, detail: string): Response =>
  Response.json({ title, status, detail }, { status, headers: { 'content-type': 'application/problem+json' } });

class BadInput extends Error {}

/** The body of a control call; anything else than the schema says ends in a 400 that says why. */
export const bodyOf = async <Schema extends z.ZodMiniType>(
  context: Context,
  schema: Schema,
): Promise<z.infer<Schema>> => {
  const text = await context.req.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadInput('The body is not JSON.');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new BadInput(z.prettifyError(parsed.error));
  return parsed.data;
};

/** 400 for what is wrong in itself, 409 for what does not fit the subscription's state. */
export const refuseBadInput = (error: Error): Response => {
  if (error instanceof BadInput || error instanceof OrderRefused) return problem(400, 'Bad input', error.message);
  if (error instanceof ActRefused) return problem(409, 'Not possible now', error.message);
  throw error;
};

/** A control call about one subscription: 404 if there is none. */
export const withPurchase =
  (world: World, act: (purchase: Purchase, context: Context) => Response | Promise<Response>) =>
  (context: Context): Response | Promise<Response> => {
    const purchase = world.purchases.find(context.req.param('id') ?? '');
    return purchase ? act(purchase, context) : problem(404, 'Not found', 'There is no such subscription.');
  };
