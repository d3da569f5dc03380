// The list of contracts: filters, sorts and pages the rows that stand in the page; text is only ever set as text.
"use strict";

const PAGE = 100;
const CHOICES = ["rule", "status", "diagnosis", "severity"];
const rows = JSON.parse(document.getElementById("rows").textContent);
const $ = (id) => document.getElementById(id);
const root = document.documentElement;
const yuan = new Intl.NumberFormat("zh-CN", { style: "currency", currency: "CNY" });
const WORDS = {
  zh: { mismatch: "不一致", unverified: "未核实", clean: "通过", none: "没有符合条件的合同" },
  en: { mismatch: "mismatch", unverified: "unverified", clean: "clean", none: "no contract fits" },
};
let state = "", first = 0, found = [], chosen = "";

for (const row of rows) {
  row.text = [row.title, row.number, row.parties, row.file].join("\n").toLowerCase();
  row.state = row.groups.some((g) => g[1] === "mismatch") ? "mismatch" : row.groups.length ? "unverified" : "clean";
}
for (const name of ["mismatch", "unverified", "clean"])
  $("n-" + name).textContent = rows.filter((row) => row.state === name).length;

// What the filters leave of a contract: its groups (which begin with what CHOICES names), their number, and the money
// in its mismatches and in what could not be verified.
function kept(row, wanted) {
  const groups = row.groups.filter((g) => CHOICES.every((_, i) => !wanted[i] || g[i] === wanted[i]));
  const count = groups.reduce((n, g) => n + g[4], 0);
  return { row, groups, count, stake: money(groups, "mismatch"), doubt: money(groups, "unverified") };
}

// The largest of the rules' sums: one wrong figure breaks several rules and counts once. Notes put nothing in doubt.
function money(groups, wanted) {
  const sums = new Map();
  for (const [rule, status, , severity, , fen] of groups)
    if (status === wanted && severity !== "info") sums.set(rule, (sums.get(rule) || 0) + fen);
  return Math.max(0, ...sums.values());
}

const ORDERS = {
  stake: (a, b) => b.stake - a.stake || b.doubt - a.doubt || b.count - a.count,
  count: (a, b) => b.count - a.count || b.stake - a.stake || b.doubt - a.doubt,
  total: (a, b) => Number(b.row.total) - Number(a.row.total),
  title: (a, b) => a.row.title.localeCompare(b.row.title, "zh-CN"),
};

function filter() {
  const wanted = CHOICES.map((id) => $(id).value);
  const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  found = rows
    .filter((row) => (!state || row.state === state) && words.every((word) => row.text.includes(word)))
    .map((row) => kept(row, wanted))
    .filter((one) => one.groups.length || wanted.every((value) => !value))
    .sort((a, b) => ORDERS[$("order").value](a, b));
  first = 0;
  show();
}

function element(tag, name, text) {
  const node = document.createElement(tag);
  node.className = name;
  node.textContent = text;
  return node;
}

function item(one) {
  const words = WORDS[root.dataset.lang], link = element("a", one.row.link === chosen ? "on" : "", "");
  link.href = one.row.link + query();
  link.dataset.link = one.row.link;
  const marks = element("span", "marks", "");
  for (const name of ["mismatch", "unverified"]) {
    const count = one.groups.filter((g) => g[1] === name).reduce((n, g) => n + g[4], 0);
    if (count) marks.append(element("span", "tag " + name, count + " " + words[name]));
  }
  if (!one.row.groups.length) marks.append(element("span", "tag pass", words.clean));
  const fen = one.stake || one.doubt;
  const stake = element("span", one.stake ? "stake" : "stake doubt", fen ? yuan.format(fen / 100) : "");
  link.append(element("b", "", one.row.title), stake);
  link.append(element("span", "soft", one.row.parties || one.row.file), marks);
  const entry = document.createElement("li");
  entry.append(link);
  return entry;
}

function show() {
  $("contracts").replaceChildren(...found.slice(first, first + PAGE).map(item));
  const last = Math.min(first + PAGE, found.length);
  $("range").textContent = found.length ? `${first + 1}–${last} / ${found.length}` : WORDS[root.dataset.lang].none;
  $("back").disabled = first === 0;
  $("on").disabled = last === found.length;
}

// The contract's page hears of the language and the filters by its address.
function query() {
  const wanted = new URLSearchParams({ lang: root.dataset.lang });
  for (const id of CHOICES) if ($(id).value) wanted.set(id, $(id).value);
  return "#" + wanted;
}

function open(link) {
  chosen = link;
  // replace() keeps the browser's way back free of every contract looked at
  $("page").contentWindow.location.replace(new URL(link + query(), document.baseURI));
  for (const node of document.querySelectorAll("#contracts a")) node.classList.toggle("on", node.dataset.link === link);
}

function move(step) {
  const at = found.findIndex((one) => one.row.link === chosen) + step;
  if (at < 0 || at >= found.length) return;
  if (at < first || at >= first + PAGE) { first = Math.floor(at / PAGE) * PAGE; show(); }
  open(found[at].row.link);
  document.querySelector("#contracts a.on").scrollIntoView({ block: "nearest" });
}

function speak(lang) {
  root.dataset.lang = lang;
  root.lang = lang === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("option[data-zh]")) node.textContent = node.dataset[lang];
  $("search").placeholder = $("search").dataset[lang];
  show();
  if (chosen) open(chosen);
}

$("filters").addEventListener("input", () => { filter(); if (chosen) open(chosen); });
$("filters").addEventListener("reset", () => setTimeout(() => { filter(); if (chosen) open(chosen); }));
$("filters").addEventListener("submit", (event) => event.preventDefault());
$("tiles").addEventListener("click", (event) => {
  const tile = event.target.closest("button");
  if (!tile) return;
  state = tile.dataset.state;
  for (const node of $("tiles").children) node.classList.toggle("on", node === tile);
  filter();
});
$("contracts").addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link || event.ctrlKey || event.metaKey || getComputedStyle($("page")).display === "none") return;
  event.preventDefault();
  open(link.dataset.link);
});
$("back").addEventListener("click", () => { first -= PAGE; show(); });
$("on").addEventListener("click", () => { first += PAGE; show(); });
$("lang").addEventListener("click", () => speak(root.dataset.lang === "zh" ? "en" : "zh"));
document.addEventListener("keydown", (event) => {
  if (/INPUT|SELECT/.test(event.target.tagName)) return;
  if (event.key === "j") move(1);
  if (event.key === "k") move(-1);
});

filter();
if (found.length) open(found[0].row.link);
