/** Why it went wrong, and what to click. */
export type Explanation = { cause: string; fix: string };

const REGISTRATIONS = 'entra.microsoft.com > Applications > App registrations';

const SECRET_FIX = `${REGISTRATIONS} > fulfilment > Certificates & secrets: make a new one and set MARKETPLACE_CLIENT_SECRET; or set MARKETPLACE_CREDENTIAL to federated, which needs none.`;
const CREDENTIAL_FIX = `${REGISTRATIONS} > fulfilment > Certificates & secrets > Federated credentials: the issuer is https://login.microsoftonline.com/{tenant id}/v2.0, the subject the object id of the app's managed identity, the audience api://AzureADTokenExchange. Deploying again sets it.`;
const APPLICATION: Explanation = {
  cause: 'Entra knows no application of this id in this tenant: the application id or the tenant id is wrong.',
  fix: `${REGISTRATIONS}: compare Application (client) ID and Directory (tenant) ID with the settings of the app.`,
};

/** Errors of Entra by their number, as far as a wrong set-up brings them. */
const AADSTS: Record<number, Explanation> = {
  50011: {
    cause: 'The redirect address is not registered for this application.',
    fix: `${REGISTRATIONS} > the application > Authentication > Single-page application: add the address exactly as it is, with its slash at the end.`,
  },
  70021: { cause: 'No federated credential of the application matches the managed identity.', fix: CREDENTIAL_FIX },
  90002: {
    cause: 'Entra knows no tenant of this id.',
    fix: 'Correct PUBLISHER_TENANT_ID: entra.microsoft.com > Overview > Tenant ID.',
  },
  700016: APPLICATION,
  700211: { cause: 'The federated credential names another issuer.', fix: CREDENTIAL_FIX },
  700212: { cause: 'The federated credential names another audience.', fix: CREDENTIAL_FIX },
  700213: { cause: 'The federated credential is for another identity.', fix: CREDENTIAL_FIX },
  7000215: { cause: 'The client secret is wrong: often its id was copied instead of its value.', fix: SECRET_FIX },
  7000222: { cause: 'The client secret has expired.', fix: SECRET_FIX },
  7000229: {
    cause: 'The application has no service principal in this tenant; Microsoft objects to that under policy 1000.4.',
    fix: 'az ad sp create --id {application id}, as somebody who may register applications.',
  },
};

/** The first of the errors that is known. */
export const explain = (codes: number[]): Explanation | undefined =>
  codes.map((code) => AADSTS[code]).find((found) => found !== undefined);

/** The numbers of Entra's errors in a text. */
export const codesIn = (text: string): number[] =>
  [...text.matchAll(/AADSTS(\d{4,8})/g)].map(([, code]) => Number(code));
