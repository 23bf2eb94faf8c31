import { h } from "@/dom";
import { t } from "@/i18n";
import type { View } from "@/views";

export const view: View = {
  mount({ panel }) {
    panel.append(h("p", { class: "quiet" }, t("view.soon")));
    return { update: () => undefined, destroy: () => undefined };
  },
};
