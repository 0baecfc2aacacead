/* 核数: a number that is clicked tells how it was read and what it was reckoned with. Words are set as text, never as markup. */
(() => {
  "use strict";

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const source = one("#readings");
  const detail = one("#detail");
  if (!source || !detail) return;
  const readings = JSON.parse(source.textContent);
  const part = (name) => one(`[data-detail="${name}"]`, detail);
  const elementOf = (key) => document.getElementById(`n-${key.replaceAll(":", "-")}`);

  const relationsOf = new Map();
  readings.relations.forEach((relation) => relation.numbers.forEach((key) => {
    if (!relationsOf.has(key)) relationsOf.set(key, []);
    relationsOf.get(key).push(relation);
  }));

  function made(tag, text, className = "") {
    const element = document.createElement(tag);
    element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  function relationItem(relation, key) {
    const item = document.createElement("li");
    const head = document.createElement("div");
    head.append(made("span", relation.state, `tag tag-${relation.tone}`), " ", made("strong", relation.title));
    item.append(head, made("p", relation.arithmetic, "checking-arithmetic"));
    const others = relation.numbers.filter((other) => other !== key && readings.numbers[other]);
    if (others.length) {
      const line = made("p", "一起核算的：", "checking-others");
      others.forEach((other) => {
        const link = made("a", readings.numbers[other].printed);
        link.href = `#${elementOf(other)?.id || ""}`;
        link.dataset.show = other;
        line.append(link, " ");
      });
      item.append(line);
    }
    return item;
  }

  function mark(key) {
    all(".reading.is-chosen, .reading.is-partner, .checking-finding.is-chosen").forEach((each) => each.classList.remove("is-chosen", "is-partner"));
    elementOf(key)?.classList.add("is-chosen");
    (relationsOf.get(key) || []).flatMap((relation) => relation.numbers).filter((other) => other !== key)
      .forEach((other) => elementOf(other)?.classList.add("is-partner"));
    all(".checking-finding").filter((card) => (card.dataset.with || "").split(" ").includes(key)).forEach((card) => card.classList.add("is-chosen"));
  }

  function show(key) {
    const reading = readings.numbers[key];
    if (!reading) return;
    mark(key);
    part("printed").textContent = reading.corrected ? `${reading.printed}（已更正）` : reading.printed;
    part("rows").replaceChildren(...reading.rows.flatMap(([label, value]) => [made("dt", label), made("dd", value)]));
    const relations = relationsOf.get(key) || [];
    part("relations").replaceChildren(...relations.map((relation) => relationItem(relation, key)));
    part("nothing").hidden = relations.length > 0;
    one("#correct").value = key;
    for (const name of ["figure", "unit", "subject"]) {
      const input = one(`#correct-${name}`);
      input.value = "";
      input.placeholder = reading[name] || "（没有读出）";
    }
    one("[name=not_a_measure]").checked = false;
    detail.hidden = false;
    detail.closest(".checking").classList.add("is-detailed");
  }

  function hide() {
    const chosen = one(".reading.is-chosen");
    detail.hidden = true;
    detail.closest(".checking").classList.remove("is-detailed");
    mark("");
    chosen?.focus({ preventScroll: true });
  }

  /* One stop for the tab key, wherever one was last; the arrows go from number to number. */
  const numbers = all(".checking-body a.reading");
  let stopped = numbers[0];
  numbers.forEach((each) => each.setAttribute("tabindex", each === stopped ? "0" : "-1"));
  function stop(element) {
    stopped?.setAttribute("tabindex", "-1");
    stopped = element;
    stopped.setAttribute("tabindex", "0");
  }

  document.addEventListener("click", (event) => {
    const number = event.target.closest("a.reading");
    if (number) {
      event.preventDefault();
      stop(number);
      show(number.dataset.key);
      /* A little later: until the room below is laid out the page does not move so far. */
      return setTimeout(() => number.scrollIntoView({ block: "nearest" }), 60);
    }
    if (event.target.closest("[data-detail-close]")) return hide();
    const link = event.target.closest("[data-show]");
    if (!link) return undefined;
    const target = elementOf(link.dataset.show);
    if (!target) return undefined;
    event.preventDefault();
    show(link.dataset.show);
    stop(target);
    target.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
    target.focus({ preventScroll: true });
    return undefined;
  });

  /* Judged anew, the page comes back where one was. */
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (event.target.id === "check" && ["correct", "uncorrect"].includes(button?.name)) {
      event.target.action = `${event.target.action.split("#")[0]}#n-${button.value.replaceAll(":", "-")}`;
    }
  });
  const came = numbers.find((each) => location.hash && `#${each.id}` === location.hash);
  if (came) {
    stop(came);
    show(came.dataset.key);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !detail.hidden) return hide();
    const wanted = event.key === "Enter" && !event.isComposing && event.target.dataset?.enter;
    if (wanted) {
      event.preventDefault();
      document.getElementById(wanted)?.click();
      return undefined;
    }
    const here = event.target.closest?.("a.reading");
    if (here && event.key === " ") {
      event.preventDefault();
      return show(here.dataset.key);
    }
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!here || !step || event.altKey || event.ctrlKey || event.metaKey) return undefined;
    const next = numbers[numbers.indexOf(here) + step];
    if (!next) return undefined;
    event.preventDefault();
    stop(next);
    next.focus();
    if (!detail.hidden) show(next.dataset.key);
    return undefined;
  });
})();
