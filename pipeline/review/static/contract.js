// One contract's page: takes its language and its filters from its address.
"use strict";

function apply() {
  const wanted = new URLSearchParams(location.hash.slice(1));
  const lang = wanted.get("lang");
  if (lang === "zh" || lang === "en") document.documentElement.dataset.lang = lang;
  let hidden = 0;
  for (const node of document.querySelectorAll(".finding")) {
    node.hidden = ["rule", "status", "diagnosis", "severity"].some((key) => wanted.get(key) && node.dataset[key] !== wanted.get(key));
    hidden += node.hidden;
  }
  document.getElementById("hidden").classList.toggle("on", hidden > 0);
}

addEventListener("hashchange", apply);
apply();
