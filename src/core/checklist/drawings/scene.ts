import type { IconName } from './icons';

/** How a line of text looks. */
export type TextLook = 'plain' | 'quiet' | 'strong' | 'title' | 'big' | 'small' | 'pale' | 'struck' | 'link' | 'code';
export type ButtonLook = 'main' | 'plain' | 'off';
export type FieldLook = 'plain' | 'focus' | 'error' | 'faint';
/** What a message is: icon and border say it. */
export type Tone = 'good' | 'bad' | 'info';
/** Who a speech bubble comes from. */
export type Speaker = 'reader' | 'person' | 'phone' | 'chat' | 'sound';

/** One thing that a drawing shows. A string is a line of text. */
export type Part =
  | string
  | { is: 'text'; text: string; look: TextLook }
  | { is: 'bars'; lines: number }
  | { is: 'button'; text: string; look: ButtonLook; icon?: IconName }
  | { is: 'cut'; text: string; look: TextLook }
  | { is: 'field'; label?: string; value?: string; inside?: string; look: FieldLook; isOpen?: boolean }
  | { is: 'tick'; form: 'box' | 'round' | 'switch'; isOn: boolean; text: string }
  | { is: 'message'; tone: Tone; text: string }
  | { is: 'card'; parts: Part[]; isStrong?: boolean }
  | { is: 'stack'; parts: Part[] }
  | { is: 'row'; parts: Part[]; isSpread?: boolean }
  | { is: 'columns'; parts: Part[] }
  | { is: 'picture'; height: number; icon: IconName }
  | { is: 'table'; rows: string[][]; isHeadless?: boolean }
  | { is: 'icon'; name: IconName }
  | { is: 'bubble'; who: Speaker; text: string }
  | { is: 'steps'; names: string[]; at: number }
  | { is: 'key'; text: string }
  | { is: 'gap'; height: number }
  | { is: 'over'; below: Part; above: Part }
  | { is: 'here'; part: Part }
  | { is: 'pointer'; part: Part; form: 'mouse' | 'finger' }
  | { is: 'ring'; part: Part };

/** What parts stand in. `name` is what its bar, or the line above it, says. */
export interface Panel {
  is: 'page' | 'phone' | 'turned' | 'paper' | 'bare';
  name: string;
  /** When or where it is, above the panel. */
  when?: string;
  parts: Part[];
}

/** One example as a drawing: its panels side by side, with arrows between them when one follows the other. */
export interface Scene {
  panels: Panel[];
  isSequence: boolean;
}

/** The two examples of an item. */
export interface DrawnItem {
  good: Scene;
  bad: Scene;
}

const look =
  (name: TextLook) =>
  (text: string): Part => ({ is: 'text', text, look: name });
export const title = look('title');
export const strong = look('strong');
export const quiet = look('quiet');
export const small = look('small');
export const pale = look('pale');
export const big = look('big');
export const struck = look('struck');
export const link = look('link');
export const code = look('code');

/** Lines of text that nobody has to read. */
export const bars = (lines = 2): Part => ({ is: 'bars', lines });

const buttonOf =
  (name: ButtonLook) =>
  (text: string, icon?: IconName): Part => ({ is: 'button', text, look: name, ...(icon && { icon }) });
export const main = buttonOf('main');
export const button = buttonOf('plain');
/** A button that cannot be pressed. */
export const off = buttonOf('off');
/** Text whose last line is cut off. */
export const cut = (text: string, name: TextLook = 'plain'): Part => ({ is: 'cut', text, look: name });

export const field = (label: string, value = '', name: FieldLook = 'plain'): Part => ({
  is: 'field',
  label,
  value,
  look: name,
});
/** A field with a word inside instead of a label. */
export const hinted = (inside: string): Part => ({ is: 'field', inside, look: 'plain' });
/** A field without a label. */
export const bareField = (value = '', name: FieldLook = 'plain'): Part => ({ is: 'field', value, look: name });
export const list = (label: string, value: string): Part => ({
  is: 'field',
  ...(label && { label }),
  value,
  look: 'plain',
  isOpen: true,
});

export const box = (isOn: boolean, text: string): Part => ({ is: 'tick', form: 'box', isOn, text });
export const round = (isOn: boolean, text: string): Part => ({ is: 'tick', form: 'round', isOn, text });
export const toggle = (isOn: boolean, text: string): Part => ({ is: 'tick', form: 'switch', isOn, text });

export const done = (text: string): Part => ({ is: 'message', tone: 'good', text });
export const fault = (text: string): Part => ({ is: 'message', tone: 'bad', text });
export const info = (text: string): Part => ({ is: 'message', tone: 'info', text });

export const card = (...parts: Part[]): Part => ({ is: 'card', parts });
export const dialog = (...parts: Part[]): Part => ({ is: 'card', parts, isStrong: true });
export const stack = (...parts: Part[]): Part => ({ is: 'stack', parts });
export const row = (...parts: Part[]): Part => ({ is: 'row', parts });
/** A row whose last part stands at its right end. */
export const spread = (...parts: Part[]): Part => ({ is: 'row', parts, isSpread: true });
export const columns = (...parts: Part[]): Part => ({ is: 'columns', parts });
export const picture = (height = 36, icon: IconName = 'picture'): Part => ({ is: 'picture', height, icon });
export const table = (...rows: string[][]): Part => ({ is: 'table', rows });
/** A table without headings. */
export const grid = (...rows: string[][]): Part => ({ is: 'table', rows, isHeadless: true });
export const icon = (name: IconName): Part => ({ is: 'icon', name });

const voice =
  (who: Speaker) =>
  (text: string): Part => ({ is: 'bubble', who, text });
/** What a screen reader says. */
export const reads = voice('reader');
export const says = voice('person');
export const phoned = voice('phone');
export const chat = voice('chat');
export const sound = voice('sound');

export const steps = (at: number, ...names: string[]): Part => ({ is: 'steps', at, names });
export const key = (text: string): Part => ({ is: 'key', text });
export const gap = (height = 6): Part => ({ is: 'gap', height });
/** What lies on the end of something else. */
export const over = (below: Part, above: Part): Part => ({ is: 'over', below, above });
/** What the example is about: a ring with a tick or a cross. */
export const here = (part: Part): Part => ({ is: 'here', part });
/** What the mouse points at. */
export const pointed = (part: Part): Part => ({ is: 'pointer', part, form: 'mouse' });
/** What a finger touches. */
export const touched = (part: Part): Part => ({ is: 'pointer', part, form: 'finger' });
/** What has the keyboard focus. */
export const focused = (part: Part): Part => ({ is: 'ring', part });

const panelOf =
  (is: Panel['is']) =>
  (name: string, ...parts: Part[]): Panel => ({ is, name, parts });
export const page = panelOf('page');
export const phone = panelOf('phone');
/** A phone held sideways. */
export const turned = panelOf('turned');
export const paper = panelOf('paper');
/** Parts without anything around them. */
export const bare = (...parts: Part[]): Panel => ({ is: 'bare', name: '', parts });
/** Says above a panel when or where it is. */
export const at = (when: string, panel: Panel): Panel => ({ ...panel, when });

/** Panels side by side. */
export const beside = (...panels: Panel[]): Scene => ({ panels, isSequence: false });
/** Panels that follow one another. */
export const inTurn = (...panels: Panel[]): Scene => ({ panels, isSequence: true });
/** A scene of one page. */
export const one = (name: string, ...parts: Part[]): Scene => beside(page(name, ...parts));
