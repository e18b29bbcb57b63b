import type { HttpRequest } from '@azure/functions';
import type * as z from 'zod/mini';
import { PegasusError } from '../../domain/errors.ts';

/** People send forms, not files. */
const LIMIT_BYTES = 64 * 1024;

const tooLarge = (): PegasusError => new PegasusError('body-too-large', 'The request may be 64 KiB long at most.');

const invalid = (pointer: string, detail: string): PegasusError =>
  new PegasusError('invalid-request', 'Some of what was sent is not as expected.', {
    extras: { errors: [{ pointer, detail }] },
  });

const pointerOf = (path: PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalid('', 'This is not JSON.');
  }
};

/**
 * The request's JSON, checked. `whenEmpty`: what no body at all means, where a route allows it.
 * @throws `body-too-large`; `unsupported-media-type`; `invalid-request` with a pointer for each wrong field
 */
export const readBody = async <T>(request: HttpRequest, schema: z.ZodMiniType<T>, whenEmpty?: unknown): Promise<T> => {
  if (Number(request.headers.get('content-length') ?? 0) > LIMIT_BYTES) throw tooLarge();
  const text = await request.text();
  if (Buffer.byteLength(text) > LIMIT_BYTES) throw tooLarge();
  if (text === '' && whenEmpty !== undefined) return schema.parse(whenEmpty);
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new PegasusError('unsupported-media-type', 'Send JSON with the content type application/json.');
  }
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({ pointer: pointerOf(issue.path), detail: issue.message }));
  throw new PegasusError('invalid-request', 'Some of what was sent is not as expected.', { extras: { errors } });
};
