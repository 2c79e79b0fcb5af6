/** Starts a virtual screen on Linux; rejects without Xvfb. */
export function startDisplay(): Promise<{ env: Record<string, string>; stop: () => Promise<void> }>;
