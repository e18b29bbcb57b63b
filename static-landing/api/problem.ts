import type { ErrorCode } from '../../src/domain/errors.ts';

/** A refusal or a failure, as the API's problem+json says it, or `network` when there was no answer at all. */
export type Problem = {
  code: ErrorCode | 'network';
  detail?: string | undefined;
  /** Finds the log entry. */
  reference?: string | undefined;
  /** Why, more exactly than the code says. */
  reason?: string | undefined;
  errors: { pointer: string; detail: string }[];
  signInTenants: string[];
  retryAfterSeconds?: number | undefined;
};

/** What an error answer means. Answers that are not ours (a gateway's page) count as a failure of the service. */
export const readProblem = async (response: Response): Promise<Problem> => {
  const body = (await response.json().catch(() => ({}))) as {
    code?: ErrorCode;
    detail?: string;
    instance?: string;
    reason?: string;
    errors?: Problem['errors'];
    signInTenants?: string[];
    retryAfterSeconds?: number;
  };
  // In the body: a page of another origin is shown no such header.
  const after = Math.ceil(body.retryAfterSeconds ?? 0);
  return {
    code: body.code ?? 'internal-error',
    detail: body.detail,
    reference: body.instance?.replace(/^urn:uuid:/, ''),
    reason: body.reason,
    errors: body.errors ?? [],
    signInTenants: body.signInTenants ?? [],
    retryAfterSeconds: after > 0 ? after : undefined,
  };
};

export const problem = (code: Problem['code']): Problem => ({ code, errors: [], signInTenants: [] });
