import { randomUUID } from 'node:crypto';

/** A no in Entra's form: the OAuth error, the AADSTS number and a sentence. */
export class EntraRefusal extends Error {
  readonly error: string;
  readonly aadsts: number;

  constructor(error: string, aadsts: number, sentence: string) {
    super(`AADSTS${aadsts}: ${sentence}`);
    this.name = 'EntraRefusal';
    this.error = error;
    this.aadsts = aadsts;
  }
}

/** The JSON body that Entra's endpoints answer a refusal with. */
export const refusalBody = (refusal: EntraRefusal) => {
  const [traceId, correlationId] = [randomUUID(), randomUUID()];
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  return {
    error: refusal.error,
    error_description: `${refusal.message} Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
    error_codes: [refusal.aadsts],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
  };
};
