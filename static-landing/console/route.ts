import { useEffect, useState } from 'preact/hooks';

/** The subscription that the address asks for; opening it never acts (P9). */
const opened = (): string | undefined => new URLSearchParams(location.search).get('id') ?? undefined;

export const address = (id?: string): string =>
  id === undefined ? location.pathname : `?id=${encodeURIComponent(id)}`;

/** The opened subscription, following the back button, and how to open another or the list. */
export const useRoute = (): [string | undefined, (id?: string) => void] => {
  const [id, setId] = useState(opened);
  useEffect(() => {
    const moved = (): void => setId(opened());
    addEventListener('popstate', moved);
    return () => removeEventListener('popstate', moved);
  }, []);
  return [
    id,
    (next) => {
      history.pushState(null, '', address(next));
      scrollTo(0, 0);
      setId(next);
    },
  ];
};
