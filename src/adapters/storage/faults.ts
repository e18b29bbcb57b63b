import { PegasusError } from '../../domain/errors.ts';

type Answer = { statusCode?: number; details?: { odataError?: { code?: string }; errorCode?: string }; code?: string };

const answerOf = (error: unknown): Answer => (typeof error === 'object' && error !== null ? error : {});

/** Decided on the status: the SDKs leave `code` undefined where the storage emulator answers. */
export const isStatus = (error: unknown, ...statuses: number[]): boolean =>
  statuses.includes(answerOf(error).statusCode ?? 0);

const errorCode = (error: unknown): string => {
  const { details, code } = answerOf(error);
  return details?.odataError?.code ?? details?.errorCode ?? code ?? '';
};

/** The table or queue itself is missing, not a row in it. */
export const isContainerMissing = (error: unknown): boolean =>
  isStatus(error, 404) && ['TableNotFound', 'QueueNotFound'].some((name) => errorCode(error).includes(name));

/** Every failure of storage in our words; the cause goes to the log only. */
export const storageFault = (error: unknown): PegasusError =>
  new PegasusError('storage-unavailable', 'The service cannot reach its storage now. Try again in a moment.', {
    cause: error,
  });
