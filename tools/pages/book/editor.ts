/**
 * The editor of the book's pages, fetched when somebody wants to write.
 *
 * @module
 */
/// <reference lib="dom" />
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { javascript } from "@codemirror/lang-javascript";
import {
  bracketMatching,
  defaultHighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { drawSelection, EditorView, keymap, lineNumbers } from "@codemirror/view";

Object.assign(globalThis, {
  DIGITS_EDITOR(place: HTMLElement, code: string, on: { change(code: string): void; run(): void; label: string }) {
    const run = () => {
      on.run();
      return true;
    };
    return new EditorView({
      parent: place,
      state: EditorState.create({
        doc: code,
        extensions: [
          keymap.of([{ key: "Shift-Enter", run }, { key: "Mod-Enter", run }]), // Tab is left alone: it leaves the editor
          keymap.of([...defaultKeymap, ...historyKeymap]),
          ...[lineNumbers(), history(), drawSelection(), indentOnInput(), bracketMatching(), indentUnit.of("  ")],
          ...[javascript({ typescript: true }), syntaxHighlighting(defaultHighlightStyle), EditorView.lineWrapping],
          EditorView.contentAttributes.of({ "aria-label": on.label }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) on.change(update.state.doc.toString());
          }),
        ],
      }),
    });
  },
});
