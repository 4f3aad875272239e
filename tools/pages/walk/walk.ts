/**
 * The walk-through in the browser: any of a hundred digits, forward and back; the digit's number is in the address.
 *
 * @module
 */
/// <reference lib="dom" />
import { followTheme, mount } from "../../../lib/plots/views/mount.ts";
import { type WalkValues, walkViewOf } from "../../../lib/plots/views/walk_view.ts";
import { byId, pageData } from "../page_script.ts";

const values = pageData<WalkValues>(), view = walkViewOf(values);
const asked = Number(location.hash.slice(1)), digit = values.digits.labels[asked] === undefined ? 0 : asked;
mount(byId("view"), { ...view, start: { ...view.start, digit } });
followTheme();
