import { type ComponentChildren, render } from 'preact';
import { tabMemory } from '../auth/session.ts';
import { loadConfig } from '../config.ts';
import { isFramed } from '../design/frame.ts';
import { Button } from '../design/parts.tsx';
import { App } from './app.tsx';
import { arrive } from './arrival.ts';
import { createJourney, type Journey } from './journey.ts';
import { t } from './text.ts';

const show = (content: ComponentChildren): void => {
  const root = document.getElementById('app');
  if (root) render(content, root);
};

const CannotStart = () => (
  <main class="page">
    <div class="card narrow stack">
      <h1>{t('page.cannot-start.title')}</h1>
      <p>{t('page.cannot-start.text')}</p>
      <Button onPress={() => location.reload()}>{t('page.reload')}</Button>
    </div>
  </main>
);

const start = async (): Promise<void> => {
  const memory = tabMemory('pegasus.landing.');
  const arrival = arrive(memory);
  const config = await loadConfig('config.json');
  const journey: Journey = createJourney(config, memory, (screen) =>
    show(<App screen={screen} brand={config.brand} journey={journey} />),
  );
  await journey.start(arrival);
};

if (isFramed()) {
  show(
    <p class="page">
      <a href={location.href} target="_blank" rel="noopener noreferrer">
        {t('page.framed')}
      </a>
    </p>,
  );
} else {
  start().catch(() => show(<CannotStart />));
}
