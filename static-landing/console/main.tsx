import { type ComponentChildren, render } from 'preact';
import { loadConfig } from '../config.ts';
import { isFramed } from '../design/frame.ts';
import { Button, Spinner } from '../design/parts.tsx';
import { Shell } from '../design/shell.tsx';
import { App } from './app.tsx';
import { NoEntry } from './problem.tsx';
import { createSession } from './session.ts';

const show = (content: ComponentChildren): void => {
  const root = document.getElementById('app');
  if (root) render(content, root);
};

const start = async (): Promise<void> => {
  const config = await loadConfig('../config.json');
  const { brand } = config;
  const shell = (content: ComponentChildren) => (
    <Shell brand={brand} label="operator console" root="../">
      {content}
    </Shell>
  );
  show(
    shell(
      <div class="card narrow row" role="status">
        <Spinner /> Signing you in…
      </div>,
    ),
  );
  const session = createSession(config);
  const entered = await session.enter();
  if (entered.kind === 'in') show(<App session={session} account={entered.account} brand={brand} />);
  if (entered.kind === 'out') {
    show(
      shell(
        <NoEntry
          title="You are not signed in"
          text="The sign-in at Microsoft did not succeed, or was used already."
          code={entered.code}
          onSignIn={() => void session.signIn(true)}
        />,
      ),
    );
  }
};

if (isFramed()) {
  show(
    <p class="page">
      <a href={location.href} target="_blank" rel="noopener noreferrer">
        Open this page in a new window
      </a>
    </p>,
  );
} else {
  start().catch(() =>
    show(
      <main class="page stack">
        <h1>The console could not be loaded</h1>
        <Button onPress={() => location.reload()}>Reload</Button>
      </main>,
    ),
  );
}
