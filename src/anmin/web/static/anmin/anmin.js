/* Progressive enhancement only: every page works without this file. No inline handlers, no eval (strict CSP). */
(() => {
  "use strict";

  const root = document.documentElement;
  root.classList.add("js");

  const one = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const meta = (name) => one(`meta[name="${name}"]`)?.content;

  /* --- notices that come and go ---------------------------------------------------------------------------------- */

  function toast(text, tone = "danger", seconds = 8) {
    const place = one("#toasts");
    if (!place) return;
    const box = document.createElement("div");
    box.className = `notice notice-${tone}`;
    const words = document.createElement("div");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "notice-close";
    close.dataset.dismiss = "";
    close.setAttribute("aria-label", "关闭提示");
    close.textContent = "×";
    box.append(words, close);
    place.append(box);
    setTimeout(() => box.remove(), seconds * 1000);
  }

  /* --- libraries that only some pages need ------------------------------------------------------------------------- */

  const loads = new Map();
  function library(name) {
    if (!loads.has(name)) {
      loads.set(name, new Promise((done, failed) => {
        const style = meta(`anmin-style-${name}`);
        if (style) {
          const link = document.createElement("link");
          link.rel = "stylesheet";
          link.href = style;
          document.head.append(link);
        }
        const script = document.createElement("script");
        script.src = meta(`anmin-library-${name}`);
        script.onload = done;
        script.onerror = failed;
        document.head.append(script);
      }));
    }
    return loads.get(name);
  }

  /* --- charts --------------------------------------------------------------------------------------------------------- */

  const COLOURS = ["#0f5f5e", "#b9802c", "#3d6f9e", "#a8322a", "#6d8b3c", "#7a5c8e", "#5f6c6a", "#4aa5a0", "#d9b36a", "#86aed0", "#c97b74", "#a9bf7f"];
  const INK = "#4a5756";
  const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif';
  const figure = new Intl.NumberFormat("zh-CN", { maximumFractionDigits: 2 });
  const shown = (value) => (value === null || value === undefined || Number.isNaN(value) ? "—" : figure.format(value));

  // How many rows the legend wraps into: a Chinese character is as wide as the type is large, a mark takes 12, its gaps 15.
  function legendRows(series, width) {
    let rows = 1, used = 0;
    for (const each of series) {
      const needs = 27 + [...each.name].reduce((sum, sign) => sum + (sign > "\u2e7f" ? 12 : 7), 0);
      if (used && used + needs > width) { rows += 1; used = 0; }
      used += needs;
    }
    return rows;
  }

  function axisChart(kind, data, width) {
    const many = data.series.length > 1;
    const sideways = Boolean(data.horizontal);
    const words = { color: INK, fontFamily: FONT, fontSize: 12 };
    const unit = sideways ? "" : data.unit || "";
    const rows = many ? legendRows(data.series, width - 10) : 0;
    const top = rows > 1 ? rows * 20 + (unit ? 26 : 12) : many || unit ? 36 : 8;
    const names = {
      type: "category", data: data.categories, inverse: sideways, boundaryGap: kind === "bar",
      axisTick: { show: false }, axisLine: { lineStyle: { color: "#b9c4c1" } }, axisLabel: { ...words, hideOverlap: true },
    };
    const values = {
      type: "value", scale: data.from_zero === false,
      name: unit, nameTextStyle: { ...words, align: "left" }, nameGap: 10,
      axisLabel: { ...words, formatter: shown }, splitLine: { lineStyle: { color: "#e6ebe9" } },
    };
    return {
      legend: many ? { top: 0, right: 0, icon: "roundRect", itemWidth: 12, itemHeight: 8, textStyle: words } : undefined,
      grid: { left: 4, right: sideways ? 32 : 14, top, bottom: 4, containLabel: true },
      tooltip: {
        trigger: "axis", axisPointer: { type: kind === "bar" ? "shadow" : "line" },
        valueFormatter: (value) => `${shown(value)}${data.unit ? ` ${data.unit}` : ""}`,
      },
      xAxis: sideways ? values : names,
      yAxis: sideways ? names : values,
      series: data.series.map((series, place) => ({
        type: kind, name: series.name, data: series.values, stack: data.stack ? "all" : undefined,
        barMaxWidth: 28, smooth: false, symbol: "circle", symbolSize: 6, connectNulls: false,
        lineStyle: { width: 2.25, type: series.dashed ? "dashed" : "solid" },
        itemStyle: kind === "bar" ? { borderRadius: data.stack ? 0 : sideways ? [0, 3, 3, 0] : [3, 3, 0, 0] } : {},
        areaStyle: kind === "line" && !many ? { opacity: 0.08 } : undefined,
        label: data.labels ? { show: true, position: sideways ? "right" : "top", color: INK, formatter: (item) => shown(item.value) } : undefined,
        color: series.colour || COLOURS[place % COLOURS.length],
      })),
    };
  }

  function mapChart(echarts, id, data) {
    echarts.registerMap(id, data.areas);
    const values = data.values.map((item) => item.value).filter((value) => value !== null);
    return {
      tooltip: { trigger: "item", formatter: (item) => `${echarts.format.encodeHTML(item.name)}<br><b>${shown(item.value)}</b> ${echarts.format.encodeHTML(data.unit || "")}` },
      visualMap: {
        min: Math.min(...values), max: Math.max(...values), left: 0, bottom: 0, itemWidth: 12, itemHeight: 90, text: ["多", "少"],
        textStyle: { color: INK, fontFamily: FONT }, inRange: { color: ["#e4f0ef", "#a5cdca", "#5fa7a3"] }, calculable: false,
      },
      series: [{
        // A degree of longitude is shorter than one of latitude: 0.86 at 30 degrees north. A schematic map says 1.
        type: "map", map: id, aspectScale: data.aspect || 0.86, data: data.values.map((item) => ({ name: item.name, value: item.value, href: item.href })),
        roam: false, selectedMode: false, label: { show: true, color: "#1d2829", fontSize: 11, fontFamily: FONT },
        itemStyle: { borderColor: "#fff", borderWidth: 1.25, areaColor: "#ebeeed" }, emphasis: { itemStyle: { areaColor: "#e2b866" }, label: { color: "#1d2829" } },
      }],
    };
  }

  const charts = new Set();
  async function drawChart(box) {
    if (box.dataset.drawn) return;
    box.dataset.drawn = "yes";
    try {
      await library("echarts");
      const data = JSON.parse(document.getElementById(box.dataset.src).textContent);
      box.replaceChildren();
      const chart = window.echarts.init(box, null, { renderer: "svg" });
      const base = box.dataset.chart === "map" ? mapChart(window.echarts, box.dataset.src, data) : axisChart(box.dataset.chart, data, box.clientWidth);
      chart.setOption({ animation: !matchMedia("(prefers-reduced-motion: reduce)").matches, animationDuration: 300, textStyle: { fontFamily: FONT }, ...base });
      chart.on("click", (item) => {
        const href = item.data?.href || data.hrefs?.[item.dataIndex];
        if (href) location.assign(href);
      });
      charts.add(chart);
      new ResizeObserver((_, watcher) => {
        // htmx may have taken the box away; a chart without a box cannot be measured.
        if (!box.isConnected) { watcher.disconnect(); charts.delete(chart); chart.dispose(); } else if (box.clientWidth) chart.resize();
      }).observe(box);
    } catch (fault) {
      box.textContent = "图表暂时无法显示，请查看下方数据表。";
      console.error(fault);
    }
  }

  /* --- what a new piece of page needs --------------------------------------------------------------------------------- */

  function prepare(within) {
    const here = (selector) => [...(within.matches?.(selector) ? [within] : []), ...all(selector, within)];
    here("[data-chart]").forEach(drawChart);
    here("select[data-searchable]").forEach((select) => {
      library("tom-select").then(() => {
        if (!select.tomselect) new window.TomSelect(select, { maxOptions: 200, render: { no_results: () => '<div class="no-results">没有相符的选项</div>' } });
      });
    });
    here("[data-rows] tbody tr").forEach((row) => {
      const link = row.dataset.href || one("a[href]", row);
      if (link) row.tabIndex = -1;
    });
    const first = one("[data-rows] tbody tr[tabindex]", within);
    if (first) first.tabIndex = 0;
    here("[data-focus]").slice(0, 1).forEach((box) => box.focus());
  }

  /* --- the sidebar on a phone -------------------------------------------------------------------------------------------- */

  function sidebar(open) {
    document.body.classList.toggle("sidebar-open", open);
    one("[data-sidebar=open]")?.setAttribute("aria-expanded", String(open));
    const main = one(".frame-main");
    if (main) main.inert = open;
    (open ? one(".sidebar-close") : one("[data-sidebar=open]"))?.focus();
  }

  /* --- confirmation -------------------------------------------------------------------------------------------------------- */

  function ask(text, { title, label, tone } = {}) {
    const box = one("#confirm-dialog");
    if (!box?.showModal) return Promise.resolve(window.confirm(text));
    one("#confirm-title").textContent = title || "请确认";
    one("#confirm-text").textContent = text;
    const yes = one("#confirm-yes");
    yes.textContent = label || "确认";
    yes.className = tone === "danger" ? "btn btn-danger" : "btn btn-primary";
    box.classList.toggle("is-danger", tone === "danger");
    box.returnValue = "cancel";
    box.showModal();
    return new Promise((answer) => box.addEventListener("close", () => answer(box.returnValue === "confirm"), { once: true }));
  }
  const wishes = (element) => ({ title: element.dataset.confirmTitle, label: element.dataset.confirmLabel, tone: element.dataset.confirmTone });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const asker = event.submitter?.dataset.confirm !== undefined ? event.submitter : form;
    if (asker.dataset.confirm !== undefined && !form.dataset.confirmed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      const submitter = event.submitter;
      ask(asker.dataset.confirm, wishes(asker)).then((agreed) => {
        if (!agreed) return;
        form.dataset.confirmed = "yes";
        form.requestSubmit(submitter);
        delete form.dataset.confirmed;
      });
      return;
    }
    // A second click must not send a payment twice; the server refuses it too. Downloads keep their button.
    if (form.method === "post" && !form.hasAttribute("data-repeatable")) {
      const button = event.submitter;
      if (button) {
        button.setAttribute("aria-busy", "true");
        setTimeout(() => button.removeAttribute("aria-busy"), 8000);
      }
    }
    if (form.hasAttribute("data-upload")) sendWithProgress(event, form);
  }, true);

  /* --- upload ----------------------------------------------------------------------------------------------------------------- */

  function sendWithProgress(event, form) {
    const bar = one("[data-upload-progress]", form);
    if (!bar) return;
    event.preventDefault();
    const request = new XMLHttpRequest();
    const data = new FormData(form, event.submitter);
    bar.hidden = false;
    request.upload.addEventListener("progress", (step) => {
      if (!step.lengthComputable) return;
      const percent = Math.round((step.loaded / step.total) * 100);
      one("progress", bar).value = percent;
      one("[data-upload-percent]", bar).textContent = percent < 100 ? `${percent}%` : "已上传，正在检查…";
    });
    const failed = (text) => { bar.hidden = true; event.submitter?.removeAttribute("aria-busy"); toast(text); };
    request.addEventListener("error", () => failed("上传中断，请检查网络后重试。没有写入任何数据。"));
    request.addEventListener("load", () => {
      if (request.status >= 500) return failed("系统未能处理该文件，请稍后再试。没有写入任何数据。");
      if (request.status === 413) return failed("文件太大，系统不能接收。请拆分后再上传。");
      // The form with its faults, or the page the server redirected to. That page is shown as it came: asked for a second time it
      // would have lost its message, which the server says once.
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const fresh = one("main", page);
      if (!fresh) return failed("系统没有接受该文件，请核对后再试。");
      if (request.status < 400 && request.responseURL) {
        history.replaceState(null, "", request.responseURL);
        document.title = page.title;
      }
      one("main").replaceWith(document.adoptNode(fresh));
      window.htmx?.process(fresh);
      prepare(fresh);
      document.dispatchEvent(new Event("anmin:shown"));
      scrollTo(0, 0);
      return undefined;
    });
    request.open("POST", form.action);
    request.send(data);
  }

  document.addEventListener("change", (event) => {
    if (!event.target.matches(".upload-input")) return;
    const name = one("[data-upload-name]", event.target.closest(".upload"));
    name.textContent = [...event.target.files].map((file) => `${file.name}（${shown(file.size / 1024)} KB）`).join("，");
  });
  for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) {
    document.addEventListener(kind, (event) => {
      event.target.closest?.("[data-drop]")?.classList.toggle("is-over", kind === "dragenter" || kind === "dragover");
    });
  }

  /* --- clicks -------------------------------------------------------------------------------------------------------------------- */

  document.addEventListener("click", async (event) => {
    const on = (selector) => event.target.closest(selector);
    for (const menu of all("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;

    const side = on("[data-sidebar]");
    if (side) return sidebar(side.dataset.sidebar === "open");
    const dismiss = on("[data-dismiss]");
    if (dismiss) return dismiss.closest(".notice").remove();
    if (on("[data-print]")) return print();
    if (on("[data-back]")) return history.length > 1 ? history.back() : location.assign("/");

    const copy = on("[data-copy]");
    if (copy) {
      try {
        await navigator.clipboard.writeText(copy.dataset.copy);
        toast("已复制。", "success", 2);
      } catch { toast("浏览器不允许复制，请手动选取。", "warning"); }
      return undefined;
    }
    const eye = on("[data-reveal]");
    if (eye) {
      const input = document.getElementById(eye.dataset.reveal);
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      eye.setAttribute("aria-pressed", String(hidden));
      eye.setAttribute("aria-label", hidden ? "隐藏密码" : "显示密码");
      return undefined;
    }
    const login = on("[data-fill-username]");
    if (login) {
      one("#id_username").value = login.dataset.fillUsername;
      one("#id_password").value = login.dataset.fillPassword;
      if (login.dataset.fillPassword) one("form[data-sign-in]").requestSubmit();
      else one("#id_password").focus();
      return undefined;
    }
    const row = on("tr[data-href]");
    if (row && !on("a, button, input, label, select, summary") && !getSelection().toString()) {
      if (event.ctrlKey || event.metaKey) open(row.dataset.href, "_blank", "noopener");
      else location.assign(row.dataset.href);
    }
    return undefined;
  });

  /* --- keys ------------------------------------------------------------------------------------------------------------------------ */

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "Escape") {
      if (document.body.classList.contains("sidebar-open")) sidebar(false);
      for (const menu of all("details[data-menu][open]")) { menu.open = false; one("summary", menu).focus(); }
      if (event.target.id === "search") event.target.blur();
      return;
    }
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const box = one("#search");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
      return;
    }
    const search = event.target.closest("[data-search]");
    if (search && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      const stops = [one("#search"), ...all(".suggestion", search)];
      const next = stops[stops.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)];
      if (next) { event.preventDefault(); next.focus(); }
      return;
    }
    const row = event.target.matches("[data-rows] tbody tr") ? event.target : null;
    if (!row) return;
    if (event.key === "Enter") {
      const href = row.dataset.href || one("a[href]", row)?.href;
      if (href) location.assign(href);
    }
    const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
    if (!step) return;
    const rows = all("tbody tr[tabindex]", row.closest("table"));
    const next = rows[rows.indexOf(row) + step];
    if (next) { event.preventDefault(); row.tabIndex = -1; next.tabIndex = 0; next.focus(); }
  });

  addEventListener("beforeprint", () => {
    for (const chart of charts) if (chart.getDom().clientWidth) chart.resize({ width: Math.min(chart.getDom().clientWidth, 640) });
    const now = new Date();
    const two = (value) => String(value).padStart(2, "0");
    for (const spot of all("[data-print-time]")) spot.textContent = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())} ${two(now.getHours())}:${two(now.getMinutes())}`;
    for (const details of all("details.why-node:not([open]), details.chart-data:not([open])")) { details.open = true; details.dataset.forPrint = ""; }
  });
  addEventListener("afterprint", () => {
    for (const chart of charts) if (chart.getDom().clientWidth) chart.resize({ width: "auto" });
    for (const details of all("details[data-for-print]")) { details.open = false; delete details.dataset.forPrint; }
  });

  /* --- htmx --------------------------------------------------------------------------------------------------------------------------- */

  document.addEventListener("htmx:configRequest", (event) => {
    const token = meta("csrf-token");
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
  });
  document.addEventListener("htmx:confirm", (event) => {
    if (!event.detail.question) return;
    event.preventDefault();
    ask(event.detail.question, wishes(event.detail.elt)).then((agreed) => agreed && event.detail.issueRequest(true));
  });
  document.addEventListener("htmx:beforeRequest", () => root.classList.add("is-loading"));
  document.addEventListener("htmx:afterRequest", () => root.classList.remove("is-loading"));
  document.addEventListener("htmx:responseError", (event) => {
    const status = event.detail.xhr.status;
    const words = {
      401: "登录已过期，请重新登录后再试。", 403: "您没有办理这项业务的权限，系统没有做任何改动。", 404: "没有找到这条记录，可能已被合并或撤销。",
      409: "这条记录刚刚被别人改动，请刷新页面后再办理。", 429: "操作过于频繁，请稍等片刻再试。",
    };
    toast(words[status] || "操作没有完成，已保存的内容不受影响。请稍后再试。");
  });
  document.addEventListener("htmx:sendError", () => toast("与服务器的连接中断，请检查网络后重试。"));
  document.addEventListener("htmx:load", (event) => prepare(event.detail.elt));

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => prepare(document.body));
  else prepare(document.body);
})();
