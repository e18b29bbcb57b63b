import { type Frame, reasonToWrite, whereToAsk } from './footer.ts';
import type { Block, Letter } from './letter.ts';
import { oneLine } from './plain.ts';

const lines = (block: Block): string[] => {
  switch (block.kind) {
    case 'paragraph':
      return [oneLine(block.text)];
    case 'notice':
    case 'warning':
      return [`* ${oneLine(block.text)}`];
    case 'heading':
      return [oneLine(block.text).toUpperCase()];
    case 'facts':
      return block.facts.map(({ label, value }) => `${oneLine(label)}: ${oneLine(value)}`);
    case 'steps':
      return block.steps.map((step, index) => `${index + 1}. ${oneLine(step)}`);
    default:
      return [`${oneLine(block.label)}:`, oneLine(block.url)];
  }
};

/** The letter for readers without HTML: blocks apart by an empty line, a heading close to what it heads. */
export const asText = (letter: Letter, frame: Frame): string => {
  const body = letter.blocks.map((block) => `${lines(block).join('\n')}${block.kind === 'heading' ? '' : '\n'}`);
  const ask = whereToAsk(letter, frame);
  return [
    `${oneLine(frame.publisherName)}\n`,
    `${oneLine(letter.title)}\n`,
    ...body,
    '--',
    ...(ask ? [oneLine(frame.supportEmail ? `${ask} ${frame.supportEmail}` : ask)] : []),
    oneLine(reasonToWrite(letter, frame)),
    '',
  ].join('\n');
};
