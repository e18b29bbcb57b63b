import { type ComponentChildren, render } from 'preact';
import { tabMemory } from '../auth/session.ts';
import { loadConfig } from '../config.ts';
import { isFramed } from '../design/frame.ts';
import { App } from './app.tsx';
import { arrive } from './arrival.ts';
import { createJourney, type Journey } from './journey.ts';
import { loadLanguage } from './languages.ts';
import { language, t } from './text.ts';

const root = document.getElementById('app') ?? document.body;
/** What the page says when nothing else comes: it is in the document, in every language. */
const [fallback] = root.children;

const show = (content: ComponentChildren): void => {
  fallback?.remove();
  render(content, root);
};

const start = async (): Promise<void> => {
  const memory = tabMemory('pegasus.landing.');
  const arrival = arrive(memory);
  const [{ brand, ...config }] = await Promise.all([loadConfig('config.json'), loadLanguage()]);
  const spoken = { ...brand, ...brand.translations?.[language()] };
  document.title = t('page.title', { product: spoken.productName });
  const journey: Journey = createJourney({ ...config, brand: spoken }, memory, (screen) =>
    show(<App screen={screen} brand={spoken} journey={journey} />),
  );
  await journey.start(arrival);
};

const startFramed = async (): Promise<void> => {
  await loadLanguage();
  show(
    <p class="page">
      <a href={location.href} target="_blank" rel="noopener noreferrer">
        {t('page.framed')}
      </a>
    </p>,
  );
};

const cannotStart = (): void => {
  render(null, root);
  if (!fallback) return;
  fallback.classList.add('now');
  root.append(fallback);
};

(isFramed() ? startFramed() : start()).catch(cannotStart);
