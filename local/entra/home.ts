import { html } from 'hono/html';
import { type Html, page } from '../page.ts';
import { PEOPLE } from '../people.ts';
import { TENANTS } from './directory.ts';

/** Says what this is and who exists. */
export const home = (entraUrl: string): Html =>
  page(
    'The people of this machine',
    'Entra',
    html`<section><p>This stands in for Microsoft Entra: it signs people in to the landing page and to the operator console, and
answers Graph's <code>/me</code>. You come here when one of those pages asks you to sign in. Nobody has a password.</p>
<table><thead><tr><th>Person</th><th>Signs in as</th><th>Organization</th><th>Role</th></tr></thead><tbody>
${PEOPLE.map(
  (person) => html`<tr><td><strong>${person.name}</strong><br><span class="soft">${person.about}</span></td>
<td>${person.username}</td><td>${TENANTS[person.tenantId]}</td><td>${person.roles?.join(', ') ?? ''}</td></tr>`,
)}</tbody></table></section>
<section><h2>Addresses</h2><table><tbody>
<tr><th>Authority</th><td><code>${entraUrl}</code></td></tr>
<tr><th>Metadata</th><td><a href="/common/v2.0/.well-known/openid-configuration"><code>/common/v2.0/.well-known/openid-configuration</code></a></td></tr>
<tr><th>Graph</th><td><code>${entraUrl}/graph/v1.0</code></td></tr>
${Object.entries(TENANTS).map(([id, name]) => html`<tr><th>${name}</th><td><code>${id}</code></td></tr>`)}
</tbody></table></section>`,
  );
