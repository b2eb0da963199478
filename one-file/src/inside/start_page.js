// Stands for the page's program, which is in whole.js together with the workshop's.
import * as whole from "./whole.js";

export default async (program) => {
  await whole.default(program);
  whole.page();
};

export const rows_with_seed = whole.rows_with_seed;
