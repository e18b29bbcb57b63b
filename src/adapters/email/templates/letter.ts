/** One part of a message. Its strings are plain text: markup is made, and escaped, when the letter is rendered. */
export type Block =
  | { kind: 'paragraph'; text: string }
  | { kind: 'notice'; text: string }
  | { kind: 'warning'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'facts'; facts: Fact[] }
  | { kind: 'steps'; steps: string[] }
  | { kind: 'link'; label: string; url: string };

export type Fact = { label: string; value: string };

/** A message before it is HTML and text, so that both always say the same. */
export type Letter = {
  audience: 'operators' | 'buyer';
  subject: string;
  /** What mail programs show beside the subject. */
  preview: string;
  title: string;
  blocks: Block[];
};

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
export const notice = (text: string): Block => ({ kind: 'notice', text });
export const warning = (text: string): Block => ({ kind: 'warning', text });
export const heading = (text: string): Block => ({ kind: 'heading', text });
export const facts = (list: Fact[]): Block => ({ kind: 'facts', facts: list });
export const steps = (list: string[]): Block => ({ kind: 'steps', steps: list });
