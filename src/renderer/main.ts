/** The page's entry, kept small: it connects and requests the data of the current route while the rest of the code loads. */
import { readAhead } from "./api/readAhead.ts";

readAhead();
const { mount } = await import("./app/mount.tsx");
await mount();
