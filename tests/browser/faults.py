"""What axe finds wrong with a page for people who see, hear or move otherwise."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SEARCH = """
async known => {
    // All a contrast rests on: the colour and size of what is written, every ground beneath, whether it is in use.
    const grounds = new Map([[null, ""]]);
    const ground = element => {
        if (!grounds.has(element)) {
            const {backgroundColor, backgroundImage, opacity, position} = getComputedStyle(element);
            const own = `${backgroundColor} ${backgroundImage} ${opacity} ${position}`;
            const plain = own === "rgba(0, 0, 0, 0) none 1 static";
            grounds.set(element, ground(element.parentElement) + (plain ? "" : `/${own}`));
        }
        return grounds.get(element);
    };
    const look = element => {
        const {color, fontSize, fontWeight, textShadow} = getComputedStyle(element);
        const idle = element.closest(":disabled, [aria-disabled=true]") || element.closest("label")?.control?.disabled;
        return `${color} ${fontSize} ${fontWeight} ${textShadow} ${Boolean(idle)}${ground(element)}`;
    };
    const writes = element => element.matches("input, select, textarea, button")
        || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const looks = new Map();
    const measured = new Set(known);
    for (const element of document.body.querySelectorAll("*")) {
        if (!writes(element) || !element.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
        const its = look(element);
        if (!measured.has(its)) looks.set(element, its);
    }
    const rest = {resultTypes: ["violations"], rules: {"color-contrast": {enabled: false}}};
    const found = (await axe.run(rest)).violations;
    const settled = new Set();
    if (looks.size) {
        const contrast = await axe.run({include: [...looks.keys()]}, {runOnly: ["color-contrast"], elementRef: true});
        found.push(...contrast.violations);
        for (const each of [...contrast.passes, ...contrast.violations])
            for (const node of each.nodes) settled.add(looks.get(node.element));
    }
    return {
        faults: found.map(each => [each.impact, each.id, each.nodes[0].html]),
        settled: [...settled].filter(Boolean),
    };
}
"""


def serious_faults(page: Page, settled: set[str]) -> list[tuple[str, str]]:
    """What is serious or critical on a page: the rule and the first element that breaks it.

    Contrast of colours is most of the work and the same for everything that looks the same: what is `settled` was measured
    on an earlier page, and what this page settles joins it.
    """
    page.evaluate(Axe().axe_script)
    found: dict[str, Any] = page.evaluate(_SEARCH, sorted(settled))
    settled.update(found["settled"])
    return [(rule, html) for impact, rule, html in found["faults"] if impact in ("serious", "critical")]
