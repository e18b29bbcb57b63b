import { accessSync } from 'node:fs';
import { type Browser, chromium, type LaunchOptions } from 'playwright-core';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const exists = (path: string): boolean => {
  try {
    accessSync(path);
    return true;
  } catch {
    return false;
  }
};

/** The browser that comes with the packages: for machines without one, and without the libraries that one needs. */
const packaged = async (): Promise<string> => {
  // Read when the package is loaded: it then unpacks its own copies of the system libraries too.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs22.x';
  const { default: sparticuz } = await import('@sparticuz/chromium');
  return sparticuz.executablePath();
};

const executablePath = async (): Promise<string> =>
  process.env['CHROMIUM_PATH'] ?? INSTALLED.find((path) => exists(path)) ?? (await packaged());

const OPTIONS: LaunchOptions = {
  // Without a sandbox: tests run as root in containers, and open pages of this machine only.
  args: [
    '--no-sandbox',
    '--disable-quic',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

/** A headless Chromium: `CHROMIUM_PATH`, else an installed Chrome, Edge or Chromium, else the packaged one. */
export const launchBrowser = async (): Promise<Browser> =>
  chromium.launch({ ...OPTIONS, executablePath: await executablePath() });
