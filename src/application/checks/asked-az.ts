import { type CheckNeeds, type Finding, notChecked } from './check.ts';

/** The command as somebody would type it. */
const typed = (args: string[]): string =>
  `az ${args.map((arg) => (/^[\w./:@=-]+$/.test(arg) ? arg : `"${arg}"`)).join(' ')}`;

/** Asks Azure as the engineer, where that was wanted; else says what to ask. */
export const asked = async (
  { az }: CheckNeeds,
  args: string[],
  judge: (answer: unknown) => Finding | Promise<Finding>,
  wanted: string,
): Promise<Finding> => {
  if (!az)
    return notChecked('It needs rights in Azure.', {
      cause: 'The app has no such rights, and should have none.',
      fix: `npm run doctor with --azure, signed in with az login; or by hand: ${typed(args)}. ${wanted}`,
    });
  const answer = await az(args);
  if (answer !== undefined) return judge(answer);
  return notChecked('az could not tell.', {
    cause: 'az is missing, nobody is signed in, or who is has no such rights.',
    fix: `az login --tenant ..., then: ${typed(args)}. ${wanted}`,
  });
};
