import { html } from 'hono/html';
import { type Html } from '../page.ts';
import type { Person } from '../people.ts';
import { TENANTS } from './directory.ts';

const STYLE = html`<style>
main { max-width: 800px; }
section > p { margin: 0; }
h2 { margin: 16px 0 6px; font-size: 14px; color: var(--soft); }
.people { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 300px), 1fr)); gap: 8px; }
button.person { display: flex; gap: 14px; align-items: center; padding: 8px 14px; text-align: left; font-weight: 400; color: var(--ink); background: none; border: 1px solid var(--line); border-radius: 8px; }
button.person:hover, button.person:focus-visible { border-color: var(--accent); }
.initials { flex: none; display: grid; place-items: center; width: 40px; height: 40px; border-radius: 50%; font-weight: 600; color: var(--paper); background: var(--accent); }
.person strong, .person .soft { display: block; overflow-wrap: anywhere; }
.person .soft { font-size: 14px; }
.cancel { margin: 20px 0 0; }
</style>`;

const initials = (name: string): string =>
  name
    .split(' ')
    .map((word) => word[0])
    .join('');

const choice = (person: Person): Html => html`<button class="person" name="person" value="${person.key}">
<span class="initials" aria-hidden="true">${initials(person.name)}</span>
<span><strong>${person.name}</strong><span class="soft">${person.username}</span><span class="soft">${person.about}</span></span></button>`;

/** The choice of who to be, by organization. Posts to the address of the page it is on. */
export const accountPicker = (people: Person[], application: string): Html => {
  const tenants = [...new Set(people.map((person) => person.tenantId))];
  return html`${STYLE}<section><p>To continue to <strong>${application}</strong>, choose who you want to be. Nobody here has a password.</p>
<form method="post">
${tenants.map(
  (tenantId) => html`<h2>${TENANTS[tenantId]}</h2>
<div class="people">${people.filter((person) => person.tenantId === tenantId).map(choice)}</div>`,
)}
<p class="cancel"><button class="plain" name="cancel" value="yes">Cancel</button></p>
</form></section>`;
};
