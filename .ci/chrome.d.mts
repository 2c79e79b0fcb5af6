export function findViewer(): string | undefined;
