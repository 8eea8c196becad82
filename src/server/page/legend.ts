/** Runs in the page. The strategies, as buttons: those that are pressed are shown alone, in all charts. */
/// <reference lib="dom" />
import type { StrategyLook } from '../messages.ts';
import { byId, html } from './element.ts';
import { swatch } from './swatch.ts';

export interface Legend {
  readonly isolated: ReadonlySet<string>;
}

/** One tab stop; the arrow keys go from strategy to strategy. */
export function legend(
  styles: Readonly<Record<string, StrategyLook>>,
  onChange: () => void,
  before?: Legend,
): Legend {
  const isolated = new Set([...(before?.isolated ?? [])].filter((name) => name in styles));
  const buttons = Object.entries(styles).map(([name, look], i) => {
    const button = html('button', { type: 'button', tabindex: i === 0 ? 0 : -1 }, [swatch(look), name]);
    button.dataset.strategy = name;
    button.addEventListener('click', () => {
      if (!isolated.delete(name)) isolated.add(name);
      show();
      onChange();
    });
    return button;
  });
  const show = (): void => {
    for (const button of buttons) {
      const isChosen = isolated.has(button.dataset.strategy ?? '');
      button.setAttribute('aria-pressed', String(isChosen));
      button.classList.toggle('faded', isolated.size > 0 && !isChosen);
    }
  };
  buttons.forEach((button, i) => {
    button.addEventListener('keydown', (event) => {
      if (event.key === 'Escape' && isolated.size > 0) {
        isolated.clear();
        show();
        onChange();
      }
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const next = buttons[(i + step + buttons.length) % buttons.length];
      for (const each of buttons) each.tabIndex = each === next ? 0 : -1;
      next?.focus();
    });
  });
  show();
  byId('legend').replaceChildren(...buttons);
  return { isolated };
}
