import type { Browser, LaunchOptions } from 'playwright-core';

export function browserOptions(): LaunchOptions;
export function launchBrowser(): Promise<Browser>;
