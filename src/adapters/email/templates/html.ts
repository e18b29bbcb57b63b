/** Markup that is safe to send: made by `html` only. */
export type Html = { readonly markup: string };

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const toMarkup = (value: string | Html | Html[]): string => {
  if (typeof value === 'string') return value.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
  return Array.isArray(value) ? value.map((part) => part.markup).join('\n') : value.markup;
};

/** A template literal whose strings are escaped, for text and for quoted attributes; only `Html` goes in as it is. */
export const html = (literals: TemplateStringsArray, ...values: (string | Html | Html[])[]): Html => ({
  markup: literals.reduce((before, literal, index) => `${before}${toMarkup(values[index - 1] ?? '')}${literal}`),
});
