import { useEffect, useState } from 'preact/hooks';

export type Step = 'menu' | 'plan' | 'users' | 'check' | 'cancel';

/** What the entry of the tab's history says of this part: the step, and how many entries lie before it. */
type Entry = { manage?: Step; depth?: number };

const here = (): Entry => (history.state ?? {}) as Entry;

/**
 * The step that is shown. Each is an entry of the tab's history: the browser's back button leads one step back, and from
 * the first one out of this part (`onLeave`). When the part is closed otherwise, its entries are left behind.
 */
export const useSteps = (onLeave: () => void): { step: Step; go: (step: Step) => void } => {
  const [step, setStep] = useState<Step>('menu');
  const go = (next: Step): void => {
    history.pushState({ ...history.state, manage: next, depth: (here().depth ?? 0) + 1 }, '');
    setStep(next);
  };
  useEffect(() => {
    let hasLeft = false;
    const moved = (): void => {
      const { manage } = here();
      if (manage) return setStep(manage);
      hasLeft = true;
      return onLeave();
    };
    go('menu');
    addEventListener('popstate', moved);
    return () => {
      removeEventListener('popstate', moved);
      const { depth = 0 } = here();
      if (!hasLeft && depth > 0) history.go(-depth);
    };
  }, []);
  return { step, go };
};
