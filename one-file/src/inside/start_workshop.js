// Stands for the workshop's program, which is in whole.js together with the page's. A worker is given it compiled.
import * as whole from "./whole.js";

export default async (program = { module_or_path: new URL("../whole_bg.wasm", import.meta.url) }) => {
  await whole.default(program);
  whole.workshop();
};
