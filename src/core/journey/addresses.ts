import type { Action, Recording } from './recording';

/** The address at which a recording begins; undefined when it opens none. */
export function firstUrl({ steps }: Recording): URL | undefined {
  const opened = steps.find(({ type }) => type === 'navigate')?.url;
  return (opened === undefined ? undefined : URL.parse(opened)) ?? undefined;
}

/**
 * A recording at another origin: the same paths, on another environment of the product.
 * @param origin such as https://shop.example
 */
export function atOrigin(recording: Recording, origin: string): Recording {
  const recorded = firstUrl(recording)?.origin;
  if (recorded === undefined || recorded === origin) return recording;
  const moved = (url: string) => (URL.parse(url)?.origin === recorded ? `${origin}${url.slice(recorded.length)}` : url);
  const steps = recording.steps.map(
    (action): Action => ({
      ...action,
      ...(action.url !== undefined && { url: moved(action.url) }),
      ...(action.target !== undefined && { target: moved(action.target) }),
    }),
  );
  return { ...recording, steps };
}

/** The kind of device that a recording is for. */
export function formFactorOf(recording: Recording): 'mobile' | 'desktop' {
  return viewportOf(recording)?.isMobile ? 'mobile' : 'desktop';
}

/** The window that a recording asks for first, in CSS pixels. */
export function viewportOf({ steps }: Recording) {
  const set: Partial<Action> = steps.find(({ type }) => type === 'setViewport') ?? {};
  const { width, height, deviceScaleFactor, isMobile, hasTouch } = set;
  if (typeof width !== 'number' || typeof height !== 'number' || width < 1 || height < 1) return undefined;
  return {
    width: Math.round(width),
    height: Math.round(height),
    ...(typeof deviceScaleFactor === 'number' && { deviceScaleFactor }),
    isMobile: isMobile === true,
    hasTouch: hasTouch === true,
  };
}
