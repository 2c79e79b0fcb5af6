/** What a person does in a document. The elements are the innermost ones, also in open shadow roots. */
export interface Heard {
  /** The pointer comes to an element. */
  came?(element: Element): void;
  /** A button of the pointer goes down, before anything of the page hears of it. */
  pressed?(element: Element, event: PointerEvent): void;
  /** A click of the pointer or of assistive technology; not one that a key or a label leads to. */
  clicked?(element: Element, event: PointerEvent): void;
  clickedTwice?(element: Element, event: MouseEvent): void;
  /** A key goes down; not again while it is held, and not while letters are composed. */
  key?(element: Element | undefined, event: KeyboardEvent): void;
  focused?(element: Element): void;
  /** Something is written into a field. */
  wrote?(element: Element): void;
  changed?(element: Element): void;
  /** A field is refused by the page's own rules when its form is sent. */
  refused?(element: Element): void;
}

/**
 * Listens to a document before the page does. Only what a person did is heard, not what a script made up; nothing of
 * the page is changed.
 */
export function listen(heard: Heard): void {
  /** When the last event was, in the page's clock, that may lead to a click of its own: such a click has its time. */
  let cause = -1;
  /** Whether a key is being handled: Enter in a field clicks the button of its form. */
  let isAtKey = false;
  const leads = (event: Event) => {
    cause = event.timeStamp;
    if (!(event instanceof KeyboardEvent)) return;
    isAtKey = true;
    setTimeout(() => {
      isAtKey = false;
    });
  };
  const on = <Type extends keyof WindowEventMap>(
    type: Type,
    hear: (event: WindowEventMap[Type], element: Element | undefined) => void,
  ) =>
    addEventListener(
      type,
      (event) => {
        if (!event.isTrusted) return;
        const [innermost] = event.composedPath();
        hear(event, innermost instanceof Element ? innermost : undefined);
      },
      { capture: true, passive: true },
    );
  on('pointerover', (_, element) => element && heard.came?.(element));
  on('pointerdown', (event, element) => element && heard.pressed?.(element, event));
  on('click', (event, element) => {
    const isOfKey = isAtKey && (event as PointerEvent).pointerType === '';
    const isCaused = event.timeStamp === cause || isOfKey;
    leads(event);
    if (element && !isCaused) heard.clicked?.(element, event as PointerEvent);
  });
  on('dblclick', (event, element) => element && heard.clickedTwice?.(element, event));
  on('keydown', (event, element) => {
    leads(event);
    if (!event.repeat && !event.isComposing) heard.key?.(element, event);
  });
  on('keypress', leads);
  on('keyup', leads);
  on('focus', (_, element) => element && heard.focused?.(element));
  on('input', (_, element) => element && heard.wrote?.(element));
  on('change', (_, element) => element && heard.changed?.(element));
  on('invalid', (_, element) => element && heard.refused?.(element));
}

/** The way from the top of a window to this frame, by index; null when a frame cannot be found from outside. */
export function wayOfFrame(): number[] | null {
  const way: number[] = [];
  for (let frame: Window = window; frame !== frame.parent; frame = frame.parent) {
    const index = Array.from({ length: frame.parent.length }, (_, at) => frame.parent[at]).indexOf(frame);
    if (index < 0) return null;
    way.unshift(index);
  }
  return way;
}
