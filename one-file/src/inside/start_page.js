// Stands for the page's program, which is in whole.js together with the workshop's.
import * as whole from "./whole.js";

export default async () => {
  await whole.default();
  whole.page();
};
