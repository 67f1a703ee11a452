/* Uses the map as a reader does and writes down what it saw; added to the page by test_offline_map. */
window.addEventListener("load", () => {
  const seen = {}, legend = () => document.getElementById("legend").textContent;
  const names = () => [...document.querySelectorAll("#list td.name")].map((cell) => cell.textContent);
  const painted = (canvas) => { const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height); let n = 0; for (let k = 3; k < data.length; k += 4) n += data[k] > 0; return n; };
  seen.names = names();
  seen.legend = legend();
  seen.cells = painted(document.querySelector(".leaflet-tile-pane canvas"));
  const search = document.getElementById("search");
  search.value = "苯乙烯"; search.dispatchEvent(new Event("input")); seen.found = names();
  search.value = ""; search.dispatchEvent(new Event("input"));
  document.querySelector("#list td.name a").click(); seen.card = document.getElementById("card").textContent;
  document.querySelector("[name=view][value=toxic]").click(); seen.toxic = legend();
  document.querySelector("[name=view][value=risk]").click();
  const slider = document.getElementById("moment");
  slider.value = 0; slider.dispatchEvent(new Event("input"));
  seen.then = legend(); seen.moment = document.getElementById("moment_text").textContent;
  seen.grades = [...document.querySelectorAll("#list td.grade")].map((cell) => cell.textContent);
  seen.layers = [...document.querySelectorAll("#layers label")].map((label) => label.textContent.trim());
  seen.asked = performance.getEntriesByType("resource").map((entry) => entry.name).filter((url) => !url.startsWith("file:"));
  const note = document.createElement("pre"); note.id = "seen"; note.textContent = JSON.stringify(seen);
  document.body.append(note);
});
