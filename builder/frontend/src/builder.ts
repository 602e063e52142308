// Everything that a page of the builder may need: what all pages share, and the designers.
import { startActs } from "./acts";
import { startDialogs } from "@ui/dialog";
import { startErrors } from "@ui/errors";
import { startHelp } from "@ui/help";
import { label, startKeys } from "@ui/keys";
import { startMenus } from "@ui/menus";
import { startPrefs } from "@ui/prefs";
import { onContent } from "@ui/process";
import { startSubmits } from "@ui/submits";

startSubmits();
startPrefs();
startMenus();
startDialogs();
startKeys();
startActs();
startErrors();
startHelp();
onContent(label);
document.documentElement.dataset.ready = "yes";
