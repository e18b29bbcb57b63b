/** Joiners that Persian, Indic scripts and emoji need; every other invisible or direction-changing character goes. */
const INVISIBLE = /(?!\u200C|\u200D)[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;

/** One line of visible text: no control character, no line break, no direction override. */
export const oneLine = (value: string): string => value.replace(INVISIBLE, ' ').replace(/\s+/g, ' ').trim();

/** At most `max` characters, the last an ellipsis when some are left out. */
export const bounded = (value: string, max: number): string => {
  const characters = Array.from(value);
  return characters.length <= max ? value : `${characters.slice(0, max - 1).join('')}…`;
};

const LINK_COLON = /:(?=[/\\]{2})/g;
const LINK_DOT = /(?<=[\p{L}\p{N}])[.。．｡](?=\p{L}{2})/gu;

/**
 * What somebody outside typed, fit to stand in our message: one line, at most `max` characters, and nothing in it that a
 * mail program would turn into a link (`shop.example` becomes `shop[.]example`).
 */
export const typed = (value: string, max = 200): string =>
  bounded(oneLine(value).replace(LINK_COLON, '[:]').replace(LINK_DOT, '[.]'), max);

const ADDRESS = /^[\p{L}\p{N}.!#$%&'*+=^_`{|}~-]+@[\p{L}\p{N}.-]+$/u;

/** An e-mail address as it is, ready to be copied; whatever else stands in its place is treated as typed text. */
export const address = (value: string): string =>
  value.length <= 254 && ADDRESS.test(value) ? value : typed(value, 254) || 'None';
