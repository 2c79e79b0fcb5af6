export function startScreen(): Promise<{ name: string; end: () => void } | undefined>;
